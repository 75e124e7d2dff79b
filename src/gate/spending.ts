// Lan & DeMets 1983, "Discrete sequential boundaries for clinical trials", Biometrika 70(3): the
// spending function that gives Pocock's boundaries, alpha ln(1 + (e - 1) t).
import { assert } from '../base/assert.ts';

/** What may be spent until the share `t` (0 to 1) of the evidence is there. */
export function pocockSpent(alpha: number, t: number): number {
  assert(t >= 0 && t <= 1, `a share of the evidence, not ${t}`);
  return alpha * Math.log(1 + (Math.E - 1) * t);
}

/**
 * The level of each look at the ascending shares `fractions`, the last of them 1: what may be spent
 * since the look before. Each is used as it is. By the union bound they add up to alpha however
 * looks depend on each other; the boundaries of normal increments would be a little wider, and the
 * medians of a few values have none.
 */
export function lookLevels(alpha: number, fractions: readonly number[]): number[] {
  assert(fractions.at(-1) === 1, 'the last look has all the evidence');
  let before = 0;
  return fractions.map((fraction) => {
    assert(fraction > before, `looks ascend, but ${fraction} follows ${before}`);
    const level = pocockSpent(alpha, fraction) - pocockSpent(alpha, before);
    before = fraction;
    return level;
  });
}
