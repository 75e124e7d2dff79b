import { quantileSorted } from '../../base/statistics/quantile.ts';
import type { HotOptionFacts, HotRemedy, HotTenantFacts } from '../../result/advice-hot.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { MeasuredCandidate, Setting } from '../candidate-figures.ts';
import { type Judged, judge, nearly } from '../choose.ts';
import { outgrowing } from '../hard-rules.ts';
import { worthListing } from '../hot-value.ts';

/** A remedy as it was measured, or why it could not be. */
export type MeasuredRemedy = { readonly remedy: HotRemedy } & (
  | { readonly candidate: MeasuredCandidate; readonly noisyReach: HotOptionFacts['noisyReach'] }
  | { readonly problem: string; readonly monthlyCost: number }
);

/**
 * Pure: the remedies on the same criteria, the simplest first, and the best of those that break no
 * rule.
 */
export function hotOptions(
  remedies: readonly MeasuredRemedy[],
  setting: Setting,
): { readonly options: HotOptionFacts[]; readonly advised: HotRemedy | null } {
  const able = remedies.flatMap((each) => ('candidate' in each ? [each] : []));
  const judged = judge(
    able.map(({ candidate }) => candidate),
    setting,
  );
  const judgedOf = new Map(able.map(({ remedy }, index) => [remedy, judged[index]]));
  const best = simplest(judged);
  const options = remedies.map((each): HotOptionFacts => {
    const own = judgedOf.get(each.remedy);
    if ('candidate' in each && own !== undefined) return optionOf(each.remedy, own, each);
    return unable(each.remedy, 'problem' in each ? each : { problem: '', monthlyCost: 0 });
  });
  const advised = able.find(({ candidate }) => candidate === best)?.remedy ?? null;
  return { options, advised };
}

/** Of those that do nearly as much as the best for their price the first: what is least to keep. */
function simplest(judged: readonly Judged[]): MeasuredCandidate | null {
  const sound = judged.filter(({ broken }) => broken.length === 0);
  const highest = Math.max(...sound.map(({ tier }) => tier));
  const able = sound.filter(({ tier }) => tier === highest);
  const most = Math.max(...able.map(({ value }) => value.p5));
  return able.find(({ value }) => value.p5 >= nearly * most)?.candidate ?? null;
}

function optionOf(
  remedy: HotRemedy,
  { candidate, outlook, broken }: Judged,
  { noisyReach }: Pick<HotOptionFacts, 'noisyReach'>,
): HotOptionFacts {
  const { placed, asked, key, traits, overlay, monthlyCost } = candidate;
  const { capacityQps, capacityRatio, maxOverMean } = outlook;
  return {
    remedy,
    possible: broken.length === 0,
    reasons: [...broken],
    listedKeys: overlay?.keys ?? (traits.listed ? key.values : 0),
    capacityQps: capacityQps && { p5: capacityQps.p5, p50: capacityQps.p50 },
    capacityRatio: capacityRatio.p50,
    maxOverMean: { p50: maxOverMean.p50, p95: maxOverMean.p95 },
    monthlyCost,
    fanOut: asked.fanOut,
    singleShardFraction: asked.singleShardFraction,
    blastRadius: {
      keysFraction: placed.keysFraction,
      loadFraction: quantileSorted(placed.largest.toSorted(), 0.5),
    },
    noisyReach,
  };
}

function unable(
  remedy: HotRemedy,
  { problem, monthlyCost }: { readonly problem: string; readonly monthlyCost: number },
): HotOptionFacts {
  const names = { problems: problem.split('\n') };
  return {
    remedy,
    possible: false,
    reasons: [fact('advice-router-refuses', { severity: 'warning', names })],
    listedKeys: null,
    capacityQps: null,
    capacityRatio: null,
    maxOverMean: null,
    monthlyCost,
    fanOut: null,
    singleShardFraction: null,
    blastRadius: null,
    noisyReach: null,
  };
}

/** Shares of the load from which on a value is worth a list, and must be split. */
export const hotThresholds = (shardCount: number) => ({
  moveAbove: worthListing / shardCount,
  splitAbove: outgrowing / shardCount,
});

type Compared = Pick<HotTenantFacts, 'of' | 'over' | 'advised' | 'options'>;

/** What is said of one: its load, the thresholds, each remedy with its max/mean. */
export function hotFinding(
  value: string,
  share: number,
  shardCount: number,
  { of, over, advised, options }: Compared,
): Fact {
  const ratios = options.flatMap(({ remedy, maxOverMean }) =>
    maxOverMean === null ? [] : [[`${remedy}MaxOverMean`, maxOverMean.p95] as const],
  );
  const able = options.filter(({ maxOverMean }) => maxOverMean !== null);
  const numbers = {
    largestFraction: share,
    equalParts: share * shardCount,
    shards: shardCount,
    ...hotThresholds(shardCount),
    ...Object.fromEntries(ratios),
  };
  const names = {
    of,
    over,
    value,
    advised,
    remedies: able.map(({ remedy }) => remedy),
    excluded: options.filter(({ possible }) => !possible).map(({ remedy }) => remedy),
  };
  return fact('advice-hot-tenant', { numbers, names });
}
