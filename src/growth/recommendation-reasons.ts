import type { CapacityRow } from '../result/growth-document.ts';
import type { GrowthContext } from './growth-case.ts';
import { percent, short } from '../wording/format.ts';
import { lastsFor, type Weighed } from './weighed.ts';

/** The sentences of a recommendation. */

export const shardsText = (count: number): string =>
  count === 1 ? 'one instance' : `${count} shards`;

/** @param alike strategies that nothing distinguishes from the one that is recommended */
export function recommendationText(best: Weighed, alike: readonly string[]): string {
  const { capacity, remedy } = best;
  const { strategy, shardCount } = capacity;
  const by = strategy === null ? '' : ` with ${[strategy, ...alike].join(' or ')}`;
  if (remedy?.kind === 'split') {
    return (
      `Split tenant ${remedy.tenant} over ${remedy.over ?? 0} of ${shardsText(shardCount)}${by}: ` +
      `it has ${percent(remedy.loadFraction)} of the load.`
    );
  }
  if (remedy !== null) {
    return (
      `Give tenant ${remedy.tenant} a shard of its own, ${shardsText(shardCount)} in all${by}: ` +
      `it has ${percent(remedy.loadFraction)} of the load.`
    );
  }
  if (best.isPresent) return `Stay on ${shardsText(shardCount)}${by}.`;
  return strategy === null
    ? 'Use one instance: stay on it, or go back to it.'
    : `Go to ${shardsText(shardCount)}${by}.`;
}

/** `4.58 to 13.7 months (middle 6.78)`; `9.44 months` where nothing is uncertain. */
export function monthsText({ monthsToFull, horizonMonths, bound }: CapacityRow): string {
  if (monthsToFull === null) return 'an unknown number of months (it needs a measured capacity)';
  const { p10, p50, p90 } = monthsToFull;
  const one = (months: number | null): string =>
    months === null ? `more than ${horizonMonths}` : short(months);
  const [low, middle, high] = [one(p10), one(p50), one(p90)];
  const range = low === high ? `${middle} months` : `${low} to ${high} months (middle ${middle})`;
  return bound === 'at least' ? `at least ${range}` : range;
}

/** `full in 4.58 to 13.7 months (middle 6.78)`. */
export function fullText(row: CapacityRow): string {
  const isFull = row.bound === 'known' && row.monthsToFull?.p90 === 0;
  return isFull ? 'full already' : `full in ${monthsText(row)}`;
}

/** By which rule the recommended one was taken. */
export function whyThis(
  all: readonly Weighed[],
  best: Weighed,
  isEnough: boolean,
  lastMonths: number,
): string {
  const wanted = `${lastMonths} months in 9 of 10 futures`;
  if (isEnough && best.cost.verdict.status === 'dear') {
    return `. It is dear. It is recommended only because each plan here that lasts ${wanted} is dear.`;
  }
  if (isEnough) return `. ${wanted} are enough (growth.last), and no cheaper plan lasts that long.`;
  const none = all.some((one) => lastsFor(one, lastMonths))
    ? `No plan here that is worth its price lasts ${wanted}`
    : `No plan here lasts ${wanted}`;
  return `. ${none}. This is the cheapest of the plans that last at least 90 % as long as the longest.`;
}

export function reasonsFor({ capacity, cost }: Weighed, why: string): string[] {
  const { placements } = capacity;
  const { low, mid, high } = cost.monthlyCost.total;
  const { capacityQps, capacityRatio, bound } = capacity;
  const takes =
    capacityQps === null
      ? ''
      : `It can do ${bound === 'at least' ? 'at least ' : ''}${short(capacityQps)} operations a ` +
        `second${capacityRatio === null ? '' : `, ${short(capacityRatio)} times the present capacity`}. `;
  const dear =
    cost.verdict.status === 'dear' ? [`It is dear: ${cost.verdict.reasons.join('; ')}.`] : [];
  return [
    `It is ${fullText(capacity)}${why}`,
    `${takes}${capacity.why}`,
    `It costs ${short(mid)} ${cost.currency} a month${low === high ? '' : ` (${short(low)} to ${short(high)})`}, ` +
      `${short(cost.billRatio)} times the present bill.`,
    ...dear,
    ...(placements ? [placementsText(placements, capacity.horizonMonths)] : []),
  ];
}

/** The band over placements, which is another one than that over futures. */
function placementsText(
  { count, over, effectiveShards, monthsToFull }: NonNullable<CapacityRow['placements']>,
  horizon: number,
): string {
  const one = (months: number | null): string =>
    months === null ? `more than ${horizon}` : short(months);
  const what = over === 'salts' ? 'salts of the hash' : 'other ids of the tenants';
  const full =
    monthsToFull === null
      ? ''
      : `, and are full in ${one(monthsToFull.p5)} to ${one(monthsToFull.p95)} months with the ` +
        'middle trend';
  return (
    `These figures are the middle of ${count} placements (${what}). In 9 of 10 placements the ` +
    `shards do the work of ${short(effectiveShards.p5)} to ${short(effectiveShards.p95)} ` +
    `databases${full}.`
  );
}

export function reasonsAgainstStaying(
  present: Weighed | null,
  { scenario }: GrowthContext,
): string[] {
  if (present === null) return [];
  const { capacity } = present;
  const { utilisation: limit } = scenario.capacity;
  const used = capacity.utilisation?.max ?? 0;
  const state =
    capacity.bound === 'known' && used >= limit
      ? `is full: its fullest database is ${percent(used)} full, and the limit is ${percent(limit)}`
      : `is ${fullText(capacity)}`;
  return [`What you have today (${shardsText(capacity.shardCount)}) ${state}.`];
}

/** Why other counts of the same strategy, and one instance, were not taken: one line each. */
export function reasonsAgainst(
  best: Weighed,
  all: readonly Weighed[],
  lastMonths: number,
): string[] {
  return all
    .filter((each) => each !== best && !each.isPresent && each.remedy === null)
    .filter(
      ({ capacity: { strategy } }) => strategy === null || strategy === best.capacity.strategy,
    )
    .map((each) => {
      const { capacity, cost } = each;
      const name = shardsText(capacity.shardCount);
      const subject = `${name.charAt(0).toUpperCase()}${name.slice(1)}: `;
      const { status, reasons } = cost.verdict;
      if (status !== 'sound') return `${subject}${status}; ${reasons.join('; ')}.`;
      if (!lastsFor(each, lastMonths)) return `${subject}${fullText(capacity)}, which is too soon.`;
      return (
        `${subject}${fullText(capacity)}, but it costs ${short(cost.billRatio)} times the present ` +
        'bill. That is more than is needed now.'
      );
    });
}

/** `8 shards, tenant_id/jump: wrong; ...`. */
export function planLine({ capacity, cost: { verdict } }: Weighed): string {
  const name = capacity.strategy ?? 'unsharded';
  return `${shardsText(capacity.shardCount)}, ${name}: ${verdict.status}; ${verdict.reasons.join('; ')}.`;
}

/** A dear plan says what the others are: a line for each other strategy. */
export function alsoLookedAt(best: Weighed, all: readonly Weighed[]): string[] {
  if (best.cost.verdict.status !== 'dear') return [];
  const others = all.filter(
    ({ capacity: { strategy }, remedy }) =>
      strategy !== null && strategy !== best.capacity.strategy && remedy === null,
  );
  const byStrategy = Map.groupBy(others, ({ capacity }) => capacity.strategy ?? '');
  return [...byStrategy].map(([strategy, own]) => {
    const plans = own.map(
      ({ capacity, cost: { verdict } }) =>
        `${shardsText(capacity.shardCount)} (${verdict.status}, ${fullText(capacity)})`,
    );
    return `Other plans, with ${strategy}: ${plans.join(', ')}.`;
  });
}
