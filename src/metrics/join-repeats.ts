import { present } from '../base/assert.ts';
import type {
  CellSamples,
  ErrorSamples,
  OperationSamples,
  ServiceSamples,
  ShardSamples,
} from './cell-samples.ts';
import { mergeSamples } from './merge-samples.ts';

/**
 * The samples of a window that was measured in equal parts, each after a pause, as those of one
 * window. Counts and times add up, and what belongs to a second keeps a second of its own. What is
 * kept by thirds of the window, and its course, is added up part by part: a queue that grows
 * within the window grows within every part of it, and what happened between the parts is no drift.
 */
export function joinRepeats(parts: readonly [CellSamples, ...CellSamples[]]): CellSamples {
  const [first] = parts;
  if (parts.length === 1) return first;
  const added = parts.map((part, index) => withLaterErrors(part, index)).reduce(mergeSamples);
  return {
    ...added,
    windowNs: first.windowNs * parts.length,
    generators: first.generators,
    concurrency: parts.flatMap(({ concurrency }) => concurrency),
    operations: added.operations.map((operation, place) => ({
      ...operation,
      service: joinService(
        operation.service,
        parts.map(({ operations }) => present(operations[place], 'operation')),
      ),
    })),
    shards: added.shards.map((shard, place) =>
      joinShard(
        shard,
        parts.map(({ shards }) => present(shards[place], 'shard')),
      ),
    ),
  };
}

/** Times of errors are those since the start of the window. */
function withLaterErrors(part: CellSamples, index: number): CellSamples {
  const afterNs = index * part.windowNs;
  const errors = part.errors.map((error): ErrorSamples => {
    return { ...error, firstNs: error.firstNs + afterNs, lastNs: error.lastNs + afterNs };
  });
  return { ...part, errors };
}

function joinShard(added: ShardSamples, parts: readonly ShardSamples[]): ShardSamples {
  return {
    ...added,
    maxQueued: Math.max(...parts.map(({ maxQueued }) => maxQueued)),
    seconds: parts.flatMap(({ seconds }) => seconds),
  };
}

/** As many blocks as one part has: each is made of blocks that follow each other. */
function joinService(added: ServiceSamples, parts: readonly OperationSamples[]): ServiceSamples {
  const inOrder = (of: (service: ServiceSamples) => Float64Array): Float64Array => {
    const all = parts.flatMap(({ service }) => [...of(service)]);
    const together = parts.length;
    return Float64Array.from({ length: all.length / together }, (_, block) =>
      all.slice(block * together, (block + 1) * together).reduce((sum, each) => sum + each, 0),
    );
  };
  return {
    times: added.times,
    countByBlock: inOrder(({ countByBlock }) => countByBlock),
    totalNsByBlock: inOrder(({ totalNsByBlock }) => totalNsByBlock),
  };
}
