import type { PlacedCandidate } from '../result/advice-document.ts';
import type { MeasuredCandidate } from './candidate-figures.ts';
import { type Choice, type Judged, ranked } from './choose.ts';
import { workOf } from './work.ts';

export interface ComparedPlacement {
  readonly role: PlacedCandidate['role'];
  readonly candidate: MeasuredCandidate;
}

/**
 * Those whose shards a reader wants to see beside each other: the best one, the next best of
 * another strategy, and, where that has the same key, the best one of another key. None where
 * every candidate breaks a rule.
 */
export function comparedPlacements(
  judged: readonly Judged[],
  { best }: Choice,
): ComparedPlacement[] {
  if (best === null) return [];
  const others = ranked(judged).filter(
    ({ candidate }) => candidate.strategy !== best.candidate.strategy,
  );
  const ofKey = ({ candidate }: Judged): string => candidate.key.key;
  const [runnerUp] = others;
  const otherKey = others.find((each) => ofKey(each) !== ofKey(best));
  const found: ComparedPlacement[] = [{ role: 'best', candidate: best.candidate }];
  if (runnerUp !== undefined) found.push({ role: 'runner-up', candidate: runnerUp.candidate });
  if (otherKey !== undefined && otherKey !== runnerUp) {
    found.push({ role: 'best-of-another-key', candidate: otherKey.candidate });
  }
  return found;
}

/** What each shard does, given its share of the keys' load; what is at home is on the first. */
export function workByShard(
  { work }: MeasuredCandidate,
  loadFractions: readonly number[],
): PlacedCandidate['shards'] {
  return loadFractions.map((loadFraction, shard) => {
    const own = workOf(work, loadFractions.length, loadFraction);
    return { loadFraction, workFraction: own + (shard === 0 ? work.home : 0) };
  });
}
