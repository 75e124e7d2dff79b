// Clopper & Pearson 1934, "The use of confidence or fiducial limits illustrated in the case of the
// binomial", Biometrika 26(4).
import { assert } from '../base/assert.ts';
import { logGamma } from '../base/statistics/gamma.ts';

export interface ShareInterval {
  readonly low: number;
  readonly high: number;
}

/** Halvings of [0, 1]: as many bits as a double has. */
const halvings = 53;

/**
 * The exact interval of a share of which `hits` of `trials` were seen: the shares that neither of
 * two one-sided tests at (1 - confidence) / 2 refutes.
 */
export function exactInterval(hits: number, trials: number, confidence = 0.95): ShareInterval {
  assert(Number.isInteger(hits) && hits >= 0 && hits <= trials, `${hits} of ${trials} hits`);
  const tail = (1 - confidence) / 2;
  // P(X >= hits) rises with the share, from 0; P(X <= hits) falls, to 0.
  const low = hits === 0 ? 0 : solve((share) => upperTail(hits, trials, share) >= tail);
  const high =
    hits === trials ? 1 : solve((share) => 1 - upperTail(hits + 1, trials, share) <= tail);
  return { low, high };
}

/** The smallest share of which it is true, where it is true of all larger ones. */
function solve(isTrue: (share: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < halvings; i += 1) {
    const middle = (low + high) / 2;
    if (isTrue(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** P(X >= hits) of a binomial X. */
export function upperTail(hits: number, trials: number, share: number): number {
  if (hits <= 0) return 1;
  if (share <= 0) return 0;
  if (share >= 1) return 1;
  let tail = 0;
  for (let k = hits; k <= trials; k += 1) {
    const ways = logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1);
    tail += Math.exp(ways + k * Math.log(share) + (trials - k) * Math.log1p(-share));
  }
  return Math.min(1, tail);
}
