import type { AssumptionFacts, Recommendation } from '../result/growth-document.ts';
import type { GrowthContext } from './growth-case.ts';
import { notStated } from './assumptions.ts';
import type { Advice, Weighed } from './weighed.ts';

/** Assumptions of which another value may change the recommendation, from the list of all. */
export function decidingAssumptions(
  context: GrowthContext,
  advice: Advice,
  all: readonly Weighed[],
  listed: readonly AssumptionFacts[],
): NonNullable<Recommendation['restsOn']> {
  const paths = decidingPaths(context, advice, all);
  return listed
    .filter(({ path, value }) => paths.has(path) && value !== notStated)
    .map(({ path, value, isDefault }) => ({ path, value, isDefault }));
}

function decidingPaths(
  { database, now }: GrowthContext,
  { kind, strategy, shardCount, actWithinMonths }: Advice,
  all: readonly Weighed[],
): ReadonlySet<string> {
  // What holds without a capacity rests on ratios: of prices, and of a shard and an instance.
  const paths = new Set(['cost.shardPrice', 'cost.overhead', 'capacity.operations']);
  const comparesInstance = now.shards === 1 || kind === 'one instance';
  if (comparesInstance || database.source === 'given') paths.add('capacity.share');
  if (kind === 'measure') return paths;
  for (const path of ['capacity.shard', 'capacity.instance', 'capacity.utilisation']) {
    paths.add(path);
  }
  paths.add('growth.last');
  if (actWithinMonths !== null) paths.add('growth.lead');
  const chosen = all.filter(
    ({ capacity, isPresent }) =>
      isPresent || (capacity.strategy === strategy && capacity.shardCount === shardCount),
  );
  for (const { capacity } of chosen) {
    const by = capacity.firstToFill?.by;
    if (by === 'load') paths.add('growth.load');
    if (by !== 'bytes') continue;
    paths.add('growth.bytes').add('growth.retention');
    paths.add(capacity.shardCount === 1 ? 'capacity.instanceDisk' : 'capacity.disk');
  }
  return paths;
}
