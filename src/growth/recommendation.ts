import { type Fact, fact } from '../result/finding.ts';
import type { CostFacts, Recommendation } from '../result/growth-document.ts';
import type { GrowthContext } from './growth-case.ts';
import { measureFirst } from './measure-first.ts';
import {
  adviceFact,
  alsoLookedAt,
  lasting,
  planNotSound,
  reasonsAgainst,
  reasonsAgainstStaying,
  reasonsFor,
  ruleOf,
} from './recommendation-reasons.ts';
import { type Advice, lastsFor, type Weighed } from './weighed.ts';

/**
 * The cheapest candidate that lasts long enough in 9 of 10 futures and is not wrong, a dear one
 * only where no other does; where none does, the cheapest of those that last nearly as long as any.
 * Staying is a candidate like any other, and so is one instance. Where a capacity that is not known
 * may decide otherwise the advice is to measure it.
 */
export function recommend(context: GrowthContext, all: readonly Weighed[]): Advice {
  const { lastMonths } = context.scenario.growth;
  if (context.database.source === 'unknown') return measureFirst(context, all);
  const sound = all.filter(({ cost }) => isSound(cost));
  const dear = all.filter(({ cost }) => cost.verdict.status === 'dear');
  const longEnough = (some: readonly Weighed[]) => some.filter((one) => lastsFor(one, lastMonths));
  const enough = [longEnough(sound), longEnough(dear)].find((some) => some.length > 0) ?? null;
  const best = cheapest(enough ?? longLasting(sound));
  if (all.some((one) => isOpen(one, lastMonths) && isCheaper(one, enough === null ? null : best))) {
    return measureFirst(context, all);
  }
  // Staying where it is full already is no advice.
  const noneLasts = enough === null && best?.isPresent === true && middleOf(best) === 0;
  if (best === null || noneLasts) return anotherKey(context, all);
  const present = presentOf(best, all);
  const alike = alikeOf(best, enough ?? longLasting(sound));
  return {
    kind: kindOf(best),
    strategy: best.capacity.strategy,
    shardCount: best.capacity.shardCount,
    alike,
    advice: adviceFact(best, alike),
    reasons: [
      ...reasonsFor(best, ruleOf(all, best, enough !== null, lastMonths), lastMonths),
      ...alsoLookedAt(best, all),
      ...assumedInUse(context, best),
      ...(best.isPresent ? [] : reasonsAgainstStaying(present, context)),
      ...reasonsAgainst(best, all, lastMonths),
    ],
    ...whenToAct(context, best, present, enough !== null),
  };
}

const isSound = ({ verdict }: CostFacts): boolean =>
  verdict.status === 'present' || verdict.status === 'sound';

/** Whether it may last as long as it must, if its capacity were known. */
function isOpen(one: Weighed, months: number): boolean {
  const { capacity, cost, isPresent, remedy } = one;
  const mayBe = isSound(cost) || cost.verdict.status === 'unknown';
  // Going back to one instance is no plan until somebody has measured one.
  const isAside = capacity.strategy === null && !isPresent;
  return (
    capacity.bound !== 'known' && mayBe && remedy === null && !isAside && !lastsFor(one, months)
  );
}

function isCheaper(one: Weighed, best: Weighed | null): boolean {
  return best === null || billOf(one) < billOf(best);
}

const billOf = ({ cost }: Weighed): number => cost.monthlyCost.total.mid;
const middleOf = ({ capacity: { monthsToFull } }: Weighed): number =>
  monthsToFull === null ? 0 : (monthsToFull.p50 ?? Infinity);

/** Ties to what lasts longest, then to what asks for no special case. */
function cheapest(candidates: readonly Weighed[]): Weighed | null {
  const sorted = candidates.toSorted(
    (a, b) =>
      billOf(a) - billOf(b) ||
      compare(middleOf(b), middleOf(a)) ||
      plainFirst(a, b) ||
      b.instances - a.instances,
  );
  return sorted[0] ?? null;
}

/**
 * A tenth of the months more is not worth any price: of what lasts nearly longest, the price
 * decides.
 */
const nearlyLongest = 0.9;

function longLasting(candidates: readonly Weighed[]): Weighed[] {
  const longest = Math.max(...candidates.map(middleOf));
  return candidates.filter((each) => middleOf(each) >= nearlyLongest * longest);
}

const plainFirst = (a: Weighed, b: Weighed): number =>
  Number(a.remedy !== null) - Number(b.remedy !== null);

/** Infinity - Infinity is no order. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** The present under the same strategy, or the one that takes most. */
function presentOf({ capacity }: Weighed, all: readonly Weighed[]): Weighed | null {
  const present = all.filter(({ isPresent }) => isPresent);
  return (
    present.find((each) => each.capacity.strategy === capacity.strategy) ??
    present.toSorted((a, b) => b.instances - a.instances)[0] ??
    null
  );
}

function kindOf({ isPresent, remedy, capacity }: Weighed): Recommendation['kind'] {
  if (remedy !== null) return remedy.kind;
  if (isPresent) return 'stay';
  return capacity.strategy === null ? 'one instance' : 'grow';
}

/** The scenario does not say which strategy the present shards have. */
function assumedInUse({ now }: GrowthContext, { capacity: { strategy } }: Weighed): Fact[] {
  if (strategy === null || now.shards === 1) return [];
  return [fact('present-strategy-assumed', { names: { strategy } })];
}

/** Until when, which depends on what: there is no date by which to begin staying. */
function whenToAct(
  { scenario }: GrowthContext,
  best: Weighed | null,
  present: Weighed | null,
  isEnough: boolean,
): Pick<Advice, 'actWithinMonths' | 'act'> {
  const { leadMonths } = scenario.growth;
  if (best !== null && present !== null && isSmaller(best, present)) {
    return { actWithinMonths: null, act: fact('change-saves-at-once') };
  }
  if (present !== null && present.capacity.bound !== 'known') {
    const { numbers, names } = lasting(present.capacity);
    const shards = present.capacity.shardCount;
    const act = fact('date-needs-capacity', { numbers: { ...numbers, shards }, names });
    return { actWithinMonths: null, act };
  }
  const full = present?.capacity.monthsToFull?.p10 ?? null;
  if (present === null || full === null) {
    const horizonMonths = present?.capacity.horizonMonths ?? scenario.growth.horizonMonths;
    return { actWithinMonths: null, act: fact('need-not-act', { numbers: { horizonMonths } }) };
  }
  const within = Math.max(0, full - leadMonths);
  const code =
    best?.isPresent !== true ? 'begin' : isEnough ? 'decide-again' : 'find-another-solution';
  const shards = present.capacity.shardCount;
  const numbers = { shards, fullMonths: full, withinMonths: within, leadMonths };
  return { actWithinMonths: within, act: fact(code, { severity: 'warning', numbers }) };
}

const isSmaller = (a: Weighed, b: Weighed): boolean =>
  a.capacity.shardCount < b.capacity.shardCount;

/** Others that cost as much and whose placements overlap with its own: none of them is the best. */
function alikeOf(best: Weighed, others: readonly Weighed[]): string[] {
  return others.flatMap((other) => {
    const { strategy } = other.capacity;
    const isOther = other !== best && strategy !== null && other.remedy === null;
    const isAsDear = billOf(other) === billOf(best) && other.isPresent === best.isPresent;
    return isOther && isAsDear && best.remedy === null && overlap(other, best) ? [strategy] : [];
  });
}

/** Whether the bands over placements meet; one placement alone is a band of no width. */
function overlap({ capacity: a }: Weighed, { capacity: b }: Weighed): boolean {
  if (!a.placements && !b.placements) return false;
  const [one, two] = [a, b].map(({ placements, effectiveShards: only }) => {
    return placements?.effectiveShards ?? { p5: only, p95: only };
  });
  return one !== undefined && two !== undefined && one.p5 <= two.p95 && two.p5 <= one.p95;
}

/** Every plan is wrong, too small or without gain: more shards of these keys are no answer. */
function anotherKey(context: GrowthContext, all: readonly Weighed[]): Advice {
  const present = all.find(({ isPresent }) => isPresent) ?? null;
  const depends = all.some(({ cost }) => cost.verdict.status === 'depends on the placement');
  return {
    kind: 'another key',
    strategy: null,
    shardCount: present?.capacity.shardCount ?? 1,
    advice: fact(depends ? 'no-plan-in-most-placements' : 'no-plan-worth-it', {
      severity: 'warning',
    }),
    reasons: all.filter(({ isPresent, remedy }) => !isPresent && remedy === null).map(planNotSound),
    ...whenToAct(context, null, present, false),
  };
}
