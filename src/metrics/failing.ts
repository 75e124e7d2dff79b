import { type Fact, fact } from '../result/finding.ts';
import { numbered } from '../result/numbered.ts';
import type { ErrorCount } from '../result/types.ts';
import { shareLowerBound } from './failure-bound.ts';

export interface OperationOutcomes {
  readonly operation: string;
  readonly ok: number;
  readonly failed: number;
  readonly timedOut: number;
}

export interface Failures {
  readonly operations: readonly OperationOutcomes[];
  readonly errors: readonly ErrorCount[];
  /** `limits.errors`: the share of an operation that may fail or time out. */
  readonly limit: number;
}

/** Error codes of which the fact has counts, shards and a message; of more it says how many. */
const codesNamed = 3;

/** Each operation that fails more often than allowed, beyond chance. */
export function failing({ operations, errors, limit }: Failures): Fact[] {
  return operations.flatMap(({ operation, ok, failed, timedOut }, index) => {
    const hits = failed + timedOut;
    const trials = ok + hits;
    const bound = trials === 0 ? 0 : shareLowerBound(hits, trials);
    if (bound <= limit) return [];
    const own = errors.filter((error) => error.operation === operation);
    const { numbers, names } = causes(own);
    return [
      fact('operation-failing', {
        severity: 'error',
        numbers: {
          failed,
          timedOut,
          trials,
          leastFraction: bound,
          limitFraction: limit,
          ...numbers,
        },
        names: { operation, ...names },
        place: `/operations/${index}`,
      }),
    ];
  });
}

/** The most frequent error codes: how often, on which shards, and what the server said. */
function causes(errors: readonly ErrorCount[]) {
  const codes = [...Map.groupBy(errors, ({ code }) => code)]
    .map(([code, own]) => ({ code, own, count: own.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((a, b) => b.count - a.count);
  const named = codes.slice(0, codesNamed);
  const numbers: Record<string, number> = {
    otherCodes: codes.length - named.length,
    ...numbered(
      'times',
      named.map(({ count }) => count),
    ),
  };
  for (const [index, { own }] of named.entries()) {
    const shards = new Set(own.flatMap(({ shard }) => (shard === null ? [] : [shard])));
    const inOrder = [...shards].toSorted((a, b) => a - b);
    Object.assign(numbers, numbered(`code${index}Shard`, inOrder));
  }
  const messages = named.map(({ own }) => (own[0]?.message ?? '').replace(/[.\s]+$/, ''));
  return { numbers, names: { codes: named.map(({ code }) => code), messages } };
}
