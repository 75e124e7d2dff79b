import { type Fact, fact } from '../result/finding.ts';
import type { CapacityFacts } from '../result/growth-document.ts';
import type { GrowthContext } from './growth-case.ts';
import { joinedFact } from './joined-fact.ts';
import { lastsFor, type Weighed } from './weighed.ts';

/** What is said of a recommendation. */

/** @param alike strategies that nothing distinguishes from the one that is recommended */
export function adviceFact(best: Weighed, alike: readonly string[]): Fact {
  const { capacity, remedy, isPresent } = best;
  const { strategy, shardCount } = capacity;
  const strategies = strategy === null ? [] : [strategy, ...alike];
  if (remedy !== null) {
    const { kind, tenant, loadFraction, over } = remedy;
    return fact(kind === 'split' ? 'split-tenant' : 'give-tenant-a-shard', {
      numbers: { shards: shardCount, loadFraction, over: kind === 'split' ? (over ?? 0) : null },
      names: { tenant, strategies },
    });
  }
  if (strategy === null && !isPresent) return fact('use-one-instance');
  const numbers = { shards: shardCount };
  return fact(isPresent ? 'stay' : 'change-shards', { numbers, names: { strategies } });
}

/** How long a row lasts; without months where its capacity is not known. */
export function lasting({ monthsToFull, horizonMonths, bound }: CapacityFacts) {
  const { p10 = null, p50 = null, p90 = null } = monthsToFull ?? {};
  return {
    numbers: { monthsP10: p10, monthsP50: p50, monthsP90: p90, horizonMonths },
    names: { bound: monthsToFull === null ? 'unknown' : (bound ?? 'known') },
  };
}

/** By which rule the recommended one was taken. */
export function ruleOf(
  all: readonly Weighed[],
  best: Weighed,
  isEnough: boolean,
  lastMonths: number,
): string {
  if (isEnough) return best.cost.verdict.status === 'dear' ? 'lasts-but-dear' : 'lasts-cheapest';
  return all.some((one) => lastsFor(one, lastMonths)) ? 'none-worth-it-lasts' : 'none-lasts';
}

/** @param rule as `ruleOf` gives */
export function reasonsFor({ capacity, cost }: Weighed, rule: string, lastMonths: number): Fact[] {
  const { placements, capacityQps, capacityRatio } = capacity;
  const { low, mid, high } = cost.monthlyCost.total;
  const { numbers, names } = lasting(capacity);
  return [
    fact(rule, { numbers: { ...numbers, lastMonths }, names }),
    joinedFact('can-do', [capacity.why], {
      // Without an own rate nothing is said of it, nor against what.
      numbers: capacityQps === null ? {} : { capacityQps, capacityRatio },
      names,
    }),
    fact('costs', {
      numbers: { cost: mid, costLow: low, costHigh: high, billRatio: cost.billRatio },
      names: { currency: cost.currency },
    }),
    ...(cost.verdict.status === 'dear' ? [joinedFact('is-dear', cost.verdict.reasons)] : []),
    ...(placements ? [middlePlacement(placements, capacity.horizonMonths)] : []),
  ];
}

/** The band over placements, which is another one than that over futures. */
function middlePlacement(
  { count, over, effectiveShards, monthsToFull }: NonNullable<CapacityFacts['placements']>,
  horizonMonths: number,
): Fact {
  return fact('middle-placement', {
    numbers: {
      placements: count,
      databasesP5: effectiveShards.p5,
      databasesP95: effectiveShards.p95,
      monthsP5: monthsToFull?.p5,
      monthsP95: monthsToFull?.p95,
      horizonMonths,
    },
    names: { over, months: monthsToFull === null ? 'unknown' : 'known' },
  });
}

export function reasonsAgainstStaying(
  present: Weighed | null,
  { scenario }: GrowthContext,
): Fact[] {
  if (present === null) return [];
  const { capacity } = present;
  const { utilisation: fullFraction } = scenario.capacity;
  const usedFraction = capacity.utilisation?.max ?? 0;
  const { shardCount: shards } = capacity;
  const { numbers, names } = lasting(capacity);
  return capacity.bound === 'known' && usedFraction >= fullFraction
    ? [fact('present-is-full', { numbers: { shards, usedFraction, fullFraction } })]
    : [fact('present-lasts', { numbers: { ...numbers, shards }, names })];
}

/** Why other counts of the same strategy, and one instance, were not taken: one fact each. */
export function reasonsAgainst(best: Weighed, all: readonly Weighed[], lastMonths: number): Fact[] {
  return all
    .filter((each) => each !== best && !each.isPresent && each.remedy === null)
    .filter(
      ({ capacity: { strategy } }) => strategy === null || strategy === best.capacity.strategy,
    )
    .map((each) => {
      const { capacity, cost } = each;
      const { numbers, names } = lasting(capacity);
      const shards = capacity.shardCount;
      if (cost.verdict.status !== 'sound') return notSound('count-not-sound', each);
      return lastsFor(each, lastMonths)
        ? fact('count-more-than-needed', {
            numbers: { ...numbers, shards, billRatio: cost.billRatio },
            names,
          })
        : fact('count-too-short', { numbers: { ...numbers, shards }, names });
    });
}

/** With the reasons of its verdict. */
function notSound(code: string, { capacity, cost: { verdict } }: Weighed): Fact {
  const { status, reasons } = verdict;
  // A plan's shards are those of its reasons too; the instance is no shard.
  return joinedFact(code, reasons, {
    numbers: { shards: capacity.shardCount },
    names: { verdict: status, ...(capacity.strategy !== null && { strategy: capacity.strategy }) },
  });
}

export const planNotSound = (plan: Weighed): Fact => notSound('plan-not-sound', plan);

/** A dear plan says what the others are: a fact for each other strategy. */
export function alsoLookedAt(best: Weighed, all: readonly Weighed[]): Fact[] {
  if (best.cost.verdict.status !== 'dear') return [];
  const others = all.filter(
    ({ capacity: { strategy }, remedy }) =>
      strategy !== null && strategy !== best.capacity.strategy && remedy === null,
  );
  const byStrategy = Map.groupBy(others, ({ capacity }) => capacity.strategy ?? '');
  return [...byStrategy].map(([strategy, own]) => {
    return fact('other-strategy', {
      numbers: Object.fromEntries(
        own.flatMap(({ capacity }, index) =>
          Object.entries({ ...lasting(capacity).numbers, shards: capacity.shardCount }).map(
            ([name, value]) => [`${name}${index}`, value],
          ),
        ),
      ),
      names: {
        strategy,
        verdicts: own.map(({ cost }) => cost.verdict.status),
        bounds: own.map(({ capacity }) => lasting(capacity).names.bound),
      },
    });
  });
}
