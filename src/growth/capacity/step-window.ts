import { samplesNeeded } from '../../gate/thresholds/measured-value.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import type { Operation } from '../../scenario/types.ts';

/** A window may be so many times as long where a rate is low. */
export const longestWindow = 4;
/** So many more operations than are needed arrive on average, for arrivals are random. */
const spare = 1.15;

interface Asked {
  readonly operations: readonly Pick<Operation, 'name' | 'kind' | 'weight'>[];
  readonly shardCount: number;
}

/** Operations of a window that show whether an objective holds: 1,000 for a p99 of all of them. */
export function operationsNeeded(objectives: readonly Threshold[], asked: Asked): number {
  return Math.ceil(Math.max(1, ...objectives.map((objective) => neededFor(objective, asked))));
}

function neededFor({ tags, aggregate }: Threshold, { operations, shardCount }: Asked): number {
  if (aggregate.name !== 'p' && aggregate.name !== 'med') return 1;
  const weights = (of: typeof operations): number =>
    of.reduce((sum, { weight }) => sum + weight, 0);
  const own = operations.filter(
    ({ name, kind }) =>
      (tags.operation === undefined || name === tags.operation) &&
      (tags.kind === undefined || kind === tags.kind),
  );
  const share = weights(own) / weights(operations);
  const shards = tags.shard === undefined ? 1 : shardCount;
  return (samplesNeeded(aggregate.percentile ?? 50) * spare * shards) / share;
}

/** Length of the window at a rate: as asked, and longer where it would not show the objective. */
export function windowMs(ratePerSecond: number, askedMs: number, needed: number): number {
  return Math.max(askedMs, Math.ceil((1000 * needed) / ratePerSecond));
}

/** The lowest rate that shows the objective within the longest window. */
export function lowestRate(askedMs: number, needed: number): number {
  return (1000 * needed) / (askedMs * longestWindow);
}
