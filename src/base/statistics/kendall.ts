// Kendall 1945, "The treatment of ties in ranking problems": tau-b.
import { assert } from '../assert.ts';

/**
 * Kendall's tau-b of two lists of values for the same things: 1 where both have the same order, -1
 * where one has the opposite. null where one of them says that all are equal.
 */
export function kendallTau(one: readonly number[], other: readonly number[]): number | null {
  assert(one.length === other.length, 'two values for each thing');
  let agreement = 0;
  let ofOne = 0;
  let ofOther = 0;
  for (let i = 0; i < one.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const a = Math.sign((one[i] ?? NaN) - (one[j] ?? NaN));
      const b = Math.sign((other[i] ?? NaN) - (other[j] ?? NaN));
      agreement += a * b;
      ofOne += Math.abs(a);
      ofOther += Math.abs(b);
    }
  }
  return ofOne === 0 || ofOther === 0 ? null : agreement / Math.sqrt(ofOne * ofOther);
}

/**
 * How often a random order of so many things, none of them equal, has a tau of at least this.
 * Exact: pairs in the wrong order are counted by Mahonian numbers (Kendall 1938).
 */
export function tauByChance(things: number, tau: number): number {
  const pairs = (things * (things - 1)) / 2;
  // A hair more, for a tau that was divided and comes back as 1.9999 pairs.
  const wrongMost = (pairs * (1 - tau)) / 2 + 1e-9;
  let orders = [1];
  for (let placed = 2; placed <= things; placed += 1) {
    const next = Array.from({ length: orders.length + placed - 1 }, () => 0);
    for (const [wrong, share] of orders.entries()) {
      for (let more = 0; more < placed; more += 1) {
        next[wrong + more] = (next[wrong + more] ?? 0) + share / placed;
      }
    }
    orders = next;
  }
  const asGood = orders.reduce((sum, share, wrong) => (wrong <= wrongMost ? sum + share : sum), 0);
  return Math.min(1, asGood);
}
