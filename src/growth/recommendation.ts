import type { CapacityRow, CostRow, Recommendation } from '../result/growth-document.ts';
import type { GrowthContext } from './growth-case.ts';
import type { WeighedRemedy } from './tenant-remedies.ts';
import { percent, short } from './number-text.ts';

/** A candidate with its rows; `isPresent` where nothing has to be done for it. */
export interface Weighed {
  readonly capacity: CapacityRow;
  readonly cost: CostRow;
  readonly isPresent: boolean;
  /** Set where a tenant is split off or apart. */
  readonly remedy: WeighedRemedy['remedy'] | null;
}

/**
 * The cheapest candidate that lasts long enough in 9 of 10 futures and is not wrong; where none
 * does, the cheapest of those that last nearly as long as any. Staying is a candidate like any
 * other, and so is one instance.
 */
export function recommend(context: GrowthContext, all: readonly Weighed[]): Recommendation {
  const { lastMonths } = context.scenario.growth;
  const sound = all.filter(({ cost }) => isSound(cost));
  const lasting = sound.filter(({ capacity }) => lastsFor(capacity, lastMonths));
  const isEnough = lasting.length > 0;
  const best = cheapest(isEnough ? lasting : longLasting(sound));
  // Staying where it is full already is no advice.
  const noneLasts = !isEnough && best?.isPresent === true && middleOf(best) === 0;
  if (best === null || noneLasts) return anotherKey(context, all);
  const present = presentOf(best, all);
  const act = whenToAct(context, best, present, isEnough);
  return {
    kind: kindOf(best),
    strategy: best.capacity.strategy,
    shardCount: best.capacity.shardCount,
    text: textOf(best),
    reasons: [
      ...reasonsFor(best, whyThis(all, isEnough, lastMonths)),
      ...assumedInUse(context, best),
      ...(best.isPresent ? [] : reasonsAgainstStaying(present, context)),
      ...reasonsAgainst(best, all, lastMonths),
    ],
    ...act,
  };
}

const isSound = ({ verdict }: CostRow): boolean =>
  verdict.status === 'present' || verdict.status === 'sound';

function lastsFor({ monthsToFull }: CapacityRow, months: number): boolean {
  return monthsToFull.p10 === null || monthsToFull.p10 >= months;
}

const billOf = ({ cost }: Weighed): number => cost.monthlyCost.total.mid;
const middleOf = ({ capacity }: Weighed): number => capacity.monthsToFull.p50 ?? Infinity;

/** Ties to what lasts longest, then to what asks for no special case. */
function cheapest(candidates: readonly Weighed[]): Weighed | null {
  const sorted = candidates.toSorted(
    (a, b) =>
      billOf(a) - billOf(b) ||
      compare(middleOf(b), middleOf(a)) ||
      plainFirst(a, b) ||
      b.capacity.capacityQps - a.capacity.capacityQps,
  );
  return sorted[0] ?? null;
}

/** A tenth of the months more is not worth any price: of what lasts nearly longest, the price decides. */
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
    present.toSorted((a, b) => b.capacity.capacityQps - a.capacity.capacityQps)[0] ??
    null
  );
}

function kindOf({ isPresent, remedy, capacity }: Weighed): Recommendation['kind'] {
  if (remedy !== null) return remedy.kind;
  if (isPresent) return 'stay';
  return capacity.strategy === null ? 'one instance' : 'grow';
}

const shards = (count: number): string => (count === 1 ? 'one instance' : `${count} shards`);

function textOf(best: Weighed): string {
  const { capacity, remedy } = best;
  const { strategy, shardCount } = capacity;
  const by = strategy === null ? '' : ` with ${strategy}`;
  if (remedy?.kind === 'split') {
    return (
      `Split tenant ${remedy.tenant} over ${remedy.over ?? 0} of ${shards(shardCount)}${by}: ` +
      `it has ${percent(remedy.loadFraction)} of the load.`
    );
  }
  if (remedy !== null) {
    return (
      `Give tenant ${remedy.tenant} a shard of its own, ${shards(shardCount)} in all${by}: ` +
      `it has ${percent(remedy.loadFraction)} of the load.`
    );
  }
  if (best.isPresent) return `Stay on ${shards(shardCount)}${by}.`;
  return strategy === null
    ? 'Stay on, or go back to, one instance.'
    : `Go to ${shards(shardCount)}${by}.`;
}

function monthsText({ monthsToFull: { p10, p50, p90 }, horizonMonths }: CapacityRow): string {
  const one = (months: number | null): string =>
    months === null ? `more than ${horizonMonths}` : short(months);
  return `${one(p10)} to ${one(p90)} months (middle ${one(p50)})`;
}

/** By which rule the recommended one was taken. */
function whyThis(all: readonly Weighed[], isEnough: boolean, lastMonths: number): string {
  const wanted = `${lastMonths} months in 9 of 10 futures`;
  if (isEnough) return `; ${wanted} are enough, and nothing cheaper does that.`;
  const none = all.some(({ capacity }) => lastsFor(capacity, lastMonths))
    ? `Nothing here that is worth its price lasts ${wanted}`
    : `Nothing here lasts ${wanted}`;
  return `. ${none}; this is the cheapest of what lasts longest, give or take a tenth.`;
}

/** The scenario does not say which strategy the present shards have. */
function assumedInUse({ now }: GrowthContext, { capacity: { strategy } }: Weighed): string[] {
  if (strategy === null || now.shards === 1) return [];
  return [
    `It is taken that ${strategy} is in use today: if it is not, changing to it moves most of the ` +
      'rows first, which is not counted here.',
  ];
}

function reasonsFor({ capacity, cost }: Weighed, why: string): string[] {
  const { low, mid, high } = cost.monthlyCost.total;
  return [
    `It is full in ${monthsText(capacity)}${why}`,
    `It takes ${short(capacity.capacityQps)} operations a second, ` +
      `${short(capacity.capacityRatio)} times the present capacity. ${capacity.why}`,
    `It costs ${short(mid)} ${cost.currency} a month (${short(low)} to ${short(high)}), ` +
      `${short(cost.billRatio)} times the present bill.`,
  ];
}

function reasonsAgainstStaying(present: Weighed | null, { scenario }: GrowthContext): string[] {
  if (present === null) return [];
  const { capacity } = present;
  const { utilisation } = scenario.capacity;
  const state =
    capacity.utilisation.max >= utilisation
      ? `is full: its fullest database is at ${percent(capacity.utilisation.max)}, past ` +
        percent(utilisation)
      : `is full in ${monthsText(capacity)}`;
  return [`What there is today (${shards(capacity.shardCount)}) ${state}.`];
}

/** Why other counts of the same strategy, and one instance, were not taken: one line each. */
function reasonsAgainst(best: Weighed, all: readonly Weighed[], lastMonths: number): string[] {
  return all
    .filter((each) => each !== best && !each.isPresent && each.remedy === null)
    .filter(
      ({ capacity: { strategy } }) => strategy === null || strategy === best.capacity.strategy,
    )
    .map(({ capacity, cost }) => {
      const name = shards(capacity.shardCount);
      const subject = `${name.charAt(0).toUpperCase()}${name.slice(1)}: `;
      if (!isSound(cost))
        return `${subject}${cost.verdict.status}; ${cost.verdict.reasons.join('; ')}.`;
      if (!lastsFor(capacity, lastMonths))
        return `${subject}full in ${monthsText(capacity)}, too soon.`;
      return (
        `${subject}full in ${monthsText(capacity)}, for ${short(cost.billRatio)} times the ` +
        'present bill: more than is needed now.'
      );
    });
}

/** Until when, which depends on what: there is no date by which to begin staying. */
function whenToAct(
  { scenario }: GrowthContext,
  best: Weighed | null,
  present: Weighed | null,
  isEnough: boolean,
): Pick<Recommendation, 'actWithinMonths' | 'act'> {
  const { leadMonths } = scenario.growth;
  if (best !== null && present !== null && isSmaller(best, present)) {
    return {
      actWithinMonths: null,
      act: 'There is no date for it: it saves money from the day on which it is done.',
    };
  }
  const full = present?.capacity.monthsToFull.p10 ?? null;
  if (present === null || full === null) {
    const horizon = present?.capacity.horizonMonths ?? scenario.growth.horizonMonths;
    return { actWithinMonths: null, act: `Nothing is full within ${horizon} months: no hurry.` };
  }
  const within = Math.max(0, full - leadMonths);
  const count = present.capacity.shardCount;
  const name = shards(count);
  const state =
    full === 0
      ? `${name} ${count === 1 ? 'is' : 'are'} full already`
      : `${name} may be full in ${short(full)} months (p10)`;
  const start = within === 0 ? 'now' : `within ${short(within)} months`;
  const lead = `and a change takes ${leadMonths} months (growth.lead)`;
  const verb = best?.isPresent !== true ? 'Begin' : isEnough ? 'Decide again' : 'Find another way';
  return { actWithinMonths: within, act: `${verb} ${start}: ${state}, ${lead}.` };
}

const isSmaller = (a: Weighed, b: Weighed): boolean =>
  a.capacity.shardCount < b.capacity.shardCount;

/** Every plan is wrong, too small or without gain: more shards of these keys are no answer. */
function anotherKey(context: GrowthContext, all: readonly Weighed[]): Recommendation {
  const present = all.find(({ isPresent }) => isPresent) ?? null;
  return {
    kind: 'another key',
    strategy: null,
    shardCount: present?.capacity.shardCount ?? 1,
    text: 'No plan here is worth its price: find another shard key, or more capacity a shard.',
    reasons: all
      .filter(({ isPresent, remedy }) => !isPresent && remedy === null)
      .map(({ capacity, cost: { verdict } }) => {
        const name = capacity.strategy ?? 'unsharded';
        const count = shards(capacity.shardCount);
        return `${count}, ${name}: ${verdict.status}; ${verdict.reasons.join('; ')}.`;
      }),
    ...whenToAct(context, null, present, false),
  };
}
