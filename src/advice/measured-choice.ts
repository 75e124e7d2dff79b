import { effectiveShards } from './work.ts';
import type { Judged } from './choose.ts';

/** A candidate that is to be measured, and why. */
export interface MeasuredChoice {
  readonly judged: Judged;
  readonly chosen: 'best' | 'other-key' | 'contrast';
}

export interface ChoiceAsked {
  /** How many, without those of further keys. */
  readonly best: number;
  /** How many of further keys, the best of each. */
  readonly otherKeys: number;
  /** The recommended strategy; null where there is none. */
  readonly first: string | null;
  /** Strategies that break no rule on some number of shards. */
  readonly sound: ReadonlySet<string>;
}

/**
 * Which candidates are measured, all on the same number of shards: the recommended strategy, then
 * those that are predicted to do most in a bad placement, and the best of keys that none of these
 * has; where there is no such key, the one that is predicted to do least, for what is predicted to
 * be alike ranks nothing. Those that break a rule come last, for what a rule excludes is best seen
 * where it is measured; only what cannot run, or takes what is new to one
 * shard, is left out.
 */
export function measuredChoice(
  judged: readonly Judged[],
  { best, otherKeys, first, sound }: ChoiceAsked,
): MeasuredChoice[] {
  const isFirst = ({ candidate }: Judged): boolean => candidate.strategy === first;
  const isSound = ({ candidate }: Judged): boolean => sound.has(candidate.strategy);
  const runnable = judged.filter(canBeCompared).toSorted(byWork);
  const sorted = [
    ...runnable.filter(isFirst),
    ...runnable.filter((each) => isSound(each) && !isFirst(each)),
    ...runnable.filter((each) => !isSound(each) && !isFirst(each)),
  ];
  const chosen = sorted.slice(0, best);
  const keys = new Set(chosen.map(({ candidate }) => candidate.key.key));
  const others: Judged[] = [];
  for (const each of sorted) {
    const { key } = each.candidate.key;
    if (others.length === otherKeys || keys.has(key)) continue;
    keys.add(key);
    others.push(each);
  }
  return [
    ...chosen.map((each) => ({ judged: each, chosen: 'best' as const })),
    ...others.map((each) => ({ judged: each, chosen: 'other-key' as const })),
    ...contrastOf(sorted, chosen, otherKeys - others.length).map((each) => ({
      judged: each,
      chosen: 'contrast' as const,
    })),
  ];
}

/** New rows that all go to one shard are more of its load than those that are there predict. */
const canBeCompared = ({ candidate, broken }: Judged): boolean =>
  candidate.key.notRunnable.fraction === 0 &&
  !broken.some(({ code }) => code === 'advice-rises-under-range');

function contrastOf(
  sorted: readonly Judged[],
  chosen: readonly Judged[],
  missing: number,
): Judged[] {
  const least = sorted
    .filter((each) => !chosen.includes(each))
    .toSorted(byWork)
    .at(-1);
  const keys = new Set(sorted.map(({ candidate }) => candidate.key.key));
  return least === undefined || missing === 0 || keys.size > 1 ? [] : [least];
}

function byWork(a: Judged, b: Judged): number {
  const [one, other] = [a.candidate.strategy, b.candidate.strategy];
  return b.outlook.effective.p5 - a.outlook.effective.p5 || (one < other ? -1 : 1);
}

/** Databases whose work is done where the fullest shard has such a share of the load. */
export const placedWork = ({ candidate }: Judged, largest: number): number =>
  effectiveShards(candidate.work, candidate.shardCount, largest);
