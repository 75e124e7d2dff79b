import type { Fact } from '../result/finding.ts';
import { brokenRules } from './hard-rules.ts';
import type { MeasuredCandidate, Setting } from './candidate-figures.ts';
import { type Missed, missedBy } from './objectives.ts';
import { type Band, monthsOrEver, type Outlook, outlookOf } from './outlook.ts';

/** A candidate with what follows from its measures. */
export interface Judged {
  readonly candidate: MeasuredCandidate;
  readonly outlook: Outlook;
  /** Rules that it breaks; empty for one that is compared. */
  readonly broken: readonly Fact[];
  /** How far it meets what is asked: candidates of a higher one come first. */
  readonly tier: Tier;
  /** Objectives that it does not meet. */
  readonly missed: readonly Missed[];
  /**
   * What is compared within its tier: capacity a currency unit, where more capacity than is wanted
   * is worth nothing; of candidates that are full before they stand, the capacity itself; where no
   * capacity is known, databases' work by shard.
   */
  readonly value: Band;
}

/**
 * 3: lasts as long as it should, and meets the other objectives. 2: lasts until after it stands,
 * even when growth is fast. 1: does not. All are 2 where no capacity is known.
 */
export type Tier = 1 | 2 | 3;

export interface Choice {
  /** null: every candidate breaks a rule. */
  readonly best: Judged | null;
  /** Those that the best one cannot be told from, itself left out. */
  readonly alike: readonly Judged[];
}

/**
 * @param p99 of simulated candidates, by `nameOf`
 */
export function judge(
  candidates: readonly MeasuredCandidate[],
  setting: Setting,
  p99: ReadonlyMap<string, number> = new Map(),
): Judged[] {
  return candidates.map((candidate) => {
    const outlook = outlookOf(candidate, setting);
    const missed = missedBy(outlook, setting, p99.get(nameOf(candidate)) ?? null);
    const tier = tierOf(outlook, setting, missed);
    return {
      candidate,
      outlook,
      broken: brokenRules(candidate, outlook),
      tier,
      missed,
      value: valueOf(candidate, outlook, setting, tier),
    };
  });
}

/** What tells candidates apart. */
export const nameOf = ({
  strategy,
  shardCount,
}: Pick<MeasuredCandidate, 'strategy' | 'shardCount'>): string => `${strategy} x ${shardCount}`;

function tierOf({ months }: Outlook, { leadMonths }: Setting, missed: readonly Missed[]): Tier {
  if (months === null) return 2;
  if (monthsOrEver(months.fast) <= leadMonths) return 1;
  return missed.length === 0 ? 3 : 2;
}

function valueOf(
  { monthlyCost, shardCount }: MeasuredCandidate,
  { capacityQps, effective }: Outlook,
  setting: Setting,
  tier: Tier,
): Band {
  // How many shards it takes nobody can say then: what each of them does is left.
  if (capacityQps === null) return scaledBand(effective, 1 / shardCount);
  const capacity = capacityQps;
  const most = tier === 1 ? Infinity : wantedQps(setting);
  const price = tier === 1 ? 1 : Math.max(monthlyCost, Number.MIN_VALUE);
  const each = (part: number): number => Math.min(part, most) / price;
  return { p5: each(capacity.p5), p50: each(capacity.p50), p95: each(capacity.p95) };
}

const scaledBand = ({ p5, p50, p95 }: Band, factor: number): Band => ({
  p5: p5 * factor,
  p50: p50 * factor,
  p95: p95 * factor,
});

/** Capacity that is enough for the load at the end of the months that are asked for. */
export function wantedQps({ now, trends, objectives, utilisation }: Setting): number {
  const grown = (1 + trends.load.value) ** objectives.months;
  return (now.qps * Math.max(grown, objectives.capacity ?? 1)) / utilisation;
}

/**
 * The best of those that break no rule: the highest tier first, then the value of a placement that
 * is as bad as one in twenty. Among those that cannot be told from it, it is the one that moves
 * least when shards are added, and that asks for no list of keys.
 */
export function choose(judged: readonly Judged[]): Choice {
  const sound = ranked(judged);
  const [first] = sound;
  if (first === undefined) return { best: null, alike: [] };
  const group = sound.filter((each) => each.tier === first.tier && overlap(each, first));
  const near = group.filter(({ value }) => value.p5 >= nearly * first.value.p5);
  const best = near.toSorted(byEase)[0] ?? first;
  return { best, alike: group.filter((each) => each !== best) };
}

/** Those that break no rule, the better ones first. */
export function ranked(judged: readonly Judged[]): Judged[] {
  return judged.filter(({ broken }) => broken.length === 0).toSorted(byRank);
}

/** The higher tier first, then the value of a placement that is as bad as one in twenty. */
export const byRank = (a: Judged, b: Judged): number => b.tier - a.tier || byValue(a, b);

/** Twenty draws do not tell placements apart that differ by less. */
export const nearly = 0.95;

const byValue = (a: Judged, b: Judged): number =>
  b.value.p5 - a.value.p5 || byName(a.candidate, b.candidate);

export function overlap(a: Judged, b: Judged): boolean {
  return a.value.p5 <= b.value.p95 && b.value.p5 <= a.value.p95;
}

/** What moves, then what somebody must keep, what is not of another system, the smaller bill. */
function byEase({ candidate: a }: Judged, { candidate: b }: Judged): number {
  return (
    movedOf(a) - movedOf(b) ||
    Number(a.traits.listed) - Number(b.traits.listed) ||
    Number(a.traits.preset) - Number(b.traits.preset) ||
    Number(a.chosenSalt !== undefined) - Number(b.chosenSalt !== undefined) ||
    a.monthlyCost - b.monthlyCost ||
    byName(a, b)
  );
}

/** In steps of a tenth: a single step of a single placement tells no more. */
const movedOf = ({ nextStep }: MeasuredCandidate): number =>
  Math.round(10 * (nextStep?.movedFraction ?? 1));

function byName(a: MeasuredCandidate, b: MeasuredCandidate): number {
  const [one, two] = [nameOf(a), nameOf(b)];
  return one < two ? -1 : Number(one > two);
}
