import { worthListing } from '../../advice/hot-value.ts';
import type { Strategy } from '../../scenario/types.ts';
import type { Measuring, MeasuredKey } from './measure.ts';
import { basesOf, splitBy } from './overlay-candidates.ts';

/** A split that would be a candidate, and why it is none. */
export interface RefusedSplit {
  readonly strategy: Strategy;
  readonly key: MeasuredKey;
  readonly shardCount: number;
  readonly problem: string;
}

/** Keys with a heavy value on a number of shards that no strategy splits, as it cannot be done. */
export function refusedSplits(
  { loaded: { scenario, workload }, keys }: Measuring,
  shardCounts: readonly number[],
): RefusedSplit[] {
  return basesOf(scenario.strategies, []).plain.flatMap((base) => {
    const key = keys.get(base.key);
    const by = splitBy(workload, base.key);
    if (key === undefined || 'column' in by) return [];
    const strategy = { ...base, name: `${base.name}+split` };
    const largest = key.facts.heaviest[0] ?? 0;
    return shardCounts
      .filter((count) => largest * count >= worthListing && key.facts.values >= count)
      .map((shardCount) => ({ strategy, key, shardCount, problem: by.problem }));
  });
}
