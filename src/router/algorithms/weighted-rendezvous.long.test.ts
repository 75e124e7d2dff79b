import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { rendezvous } from './rendezvous.ts';
import { weightedRendezvous } from './weighted-rendezvous.ts';
import { slowScores } from './rendezvous-scores.suite.ts';
import {
  buildFor,
  countsOf,
  keysOf,
  knownKeys,
  shardsOf,
  someKeys,
  tenantTexts,
} from '../fixtures.suite.ts';

const keys = knownKeys('text', tenantTexts(100_000));

describe('weighted-rendezvous', () => {
  it('agrees with an oracle', () => {
    const weighted = fc.array(fc.constantFrom(0, 0.1, 1, 1.5, 2, 40), {
      minLength: 1,
      maxLength: 12,
    });
    const some = weighted.filter((weights) => weights.some((weight) => weight > 0));
    const property = fc.property(someKeys('text', 1), some, (few, weights) => {
      // The highest w / -ln(u), u in the middle of the score's interval of 2^-32.
      const expected = keysOf(few).map((key) => {
        const bids = slowScores(key, weights.length, '').map(
          (score, shard) => (weights[shard] ?? 0) / -Math.log((2 * score + 1) / 2 ** 33),
        );
        return bids.indexOf(Math.max(...bids));
      });
      const router = buildFor(weightedRendezvous, weights.length, few, { hash: 'sha256', weights });
      expect(shardsOf(router, few)).toEqual(expected);
    });
    fc.assert(property, { seed: 44, numRuns: 60 });
  });

  it.each([
    [[1, 1]],
    [[1, 2, 3, 4]],
    [[0.5, 0.25, 8]],
    [[1, 0, 1000, 1]],
    [[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]],
  ])('gives keys in proportion to the weights %j', (weights) => {
    const counts = countsOf(buildFor(weightedRendezvous, weights.length, keys, { weights }), keys);
    expect(chiSquareTest(counts, weights).p).toBeGreaterThan(1e-4);
    const without = counts.filter((_, shard) => weights[shard] === 0);
    expect(without.every((count) => count === 0)).toBe(true);
  });

  it('with equal weights is rendezvous, whatever the weight', () => {
    const plain = shardsOf(buildFor(rendezvous, 9, keys), keys);
    for (const weight of [1, 0.3, 1e6]) {
      const weights = Array.from({ length: 9 }, () => weight);
      expect(shardsOf(buildFor(weightedRendezvous, 9, keys, { weights }), keys)).toEqual(plain);
    }
  });

  it.each([
    [3, 5],
    [3, 1],
    [3, 0],
    [0, 3],
  ])('a weight of %i that becomes %i moves keys to or from that shard only', (from, to) => {
    const others = [1, 2, 0.5, 4];
    const before = buildFor(weightedRendezvous, 5, keys, { weights: [...others, from] });
    const after = shardsOf(
      buildFor(weightedRendezvous, 5, keys, { weights: [...others, to] }),
      keys,
    );
    const moved = shardsOf(before, keys)
      .map((shard, key) => [shard, after[key] ?? -1] as const)
      .filter(([old, now]) => old !== now);
    for (const [old, now] of moved) expect(to > from ? now : old).toBe(4);
    // As many as its share changes, within four standard deviations of a binomial.
    const due = Math.abs(to / (7.5 + to) - from / (7.5 + from));
    const bound = 4 * Math.sqrt((due * (1 - due)) / keys.count);
    expect(Math.abs(moved.length / keys.count - due)).toBeLessThan(bound);
    // What moves is dealt by the other shards' weights.
    const counts = others.map(
      (_, shard) => moved.filter(([old, now]) => (to > from ? old : now) === shard).length,
    );
    expect(chiSquareTest(counts, others).p).toBeGreaterThan(1e-4);
  });
});
