// Clopper & Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of the
// binomial", Biometrika 26(4).
import { assert } from '../base/assert.ts';
import { lowerBeta } from '../base/statistics/beta.ts';

/** Halvings of [0, 1]: as many bits as a double has. */
const halvings = 53;

/**
 * The exact one-sided lower bound of a share of which `hits` of `trials` were seen: the largest
 * share below which so many would be seen with a probability of at most 1 - confidence.
 */
export function shareLowerBound(hits: number, trials: number, confidence = 0.95): number {
  assert(Number.isInteger(hits) && hits >= 0 && hits <= trials, `${hits} of ${trials} hits`);
  if (hits === 0) return 0;
  let low = 0;
  let high = 1;
  for (let i = 0; i < halvings; i += 1) {
    const middle = (low + high) / 2;
    // P(X >= hits) of a binomial X rises with the share.
    if (lowerBeta(hits, trials - hits + 1, middle) > 1 - confidence) high = middle;
    else low = middle;
  }
  return low;
}
