// Holm 1979, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6(2).
import { assert } from '../base/assert.ts';

/** What becomes of one of several hypotheses. */
export interface HolmOutcome {
  readonly rejected: boolean;
  /** The level that its p-value was held against. */
  readonly level: number;
}

/**
 * Tests hypotheses together: the smallest p-value against level / m, the next against
 * level / (m - 1), and so on to the first that is above; that one and all larger ones are held
 * against the level at which it stopped. A hypothesis that an earlier look rejected counts with 0.
 */
export function holm(pValues: readonly number[], level: number): HolmOutcome[] {
  assert(level > 0 && level < 1, `a level between 0 and 1, not ${level}`);
  const order = pValues.map((_, i) => i).toSorted((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const outcomes: HolmOutcome[] = pValues.map(() => ({ rejected: false, level }));
  let rejected = 0;
  let stopped = false;
  for (const i of order) {
    const own = level / (pValues.length - rejected);
    if ((pValues[i] ?? 1) > own) stopped = true;
    outcomes[i] = { rejected: !stopped, level: own };
    if (!stopped) rejected += 1;
  }
  return outcomes;
}
