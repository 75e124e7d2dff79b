import { present } from '../base/assert.ts';
import type { Cell } from '../result/types.ts';
import { arrivalsOf, type CellSamples, type FanOutSamples } from './cell-samples.ts';
import { timedMs } from './percentiles.ts';

interface OperationKinds {
  readonly operations: readonly { readonly kind: 'read' | 'write' }[];
}

/** How many shards the operations of a cell touch, and what that costs. */
export function fanOutResults(samples: CellSamples, { operations }: OperationKinds) {
  const { fanOut, singleShard, scatter } = samples;
  const arrivals = arrivalsOf(samples);
  const share = (count: number): number => (arrivals === 0 ? 0 : count / arrivals);
  const crossing = samples.operations.map((operation) => operation.crossShard);
  const count = sum(crossing);
  const isWrite = (i: number): boolean => present(operations[i], 'operation').kind === 'write';
  return {
    singleShardFraction: share(fanOut.touchingOne),
    multiShardFraction: share(fanOut.touchingSome),
    scatterFraction: share(fanOut.touchingAll),
    shardQueriesPerOperation: share(fanOut.shardQueries),
    singleShardMs: timedMs(singleShard),
    scatterMs: timedMs(scatter),
    stragglerPenalty: stragglerPenalty(fanOut),
    crossShardWrites: sum(crossing.filter((_, i) => isWrite(i))),
    crossShardFraction: share(count),
    crossShard: {
      count,
      shardsTouched: count === 0 ? null : fanOut.crossShardTouched / count,
    },
  } satisfies Cell['fanOut'];
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

function stragglerPenalty(fanOut: FanOutSamples): number | null {
  const { operationsTimed, shardsTimed } = fanOut;
  if (operationsTimed === 0) return null;
  const meanSlowest = fanOut.slowestServiceNsTotal / operationsTimed;
  return meanSlowest / (fanOut.serviceNsTotal / shardsTimed);
}
