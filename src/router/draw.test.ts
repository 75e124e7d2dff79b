import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { murmur3x32 } from '../base/hash/murmur3-32.ts';
import { rngFrom } from '../base/rng.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { murmurDraw } from './draw.ts';

const word = fc.integer({ min: 0, max: 0xffff_ffff });

describe('murmurDraw', () => {
  it('is Murmur3-32 of the two words and the step, scaled', () => {
    const below = fc.integer({ min: 1, max: 2 ** 21 });
    const property = fc.property(word, word, word, below, (hi, lo, step, to) => {
      const out = { hi: 0, lo: 0 };
      murmur3x32.hash(new Uint8Array(Uint32Array.of(lo, hi, step).buffer), 0, 12, out);
      expect(murmurDraw(hi, lo, step, to)).toBe(Number((BigInt(out.lo) * BigInt(to)) >> 32n));
      // Either sign of a word stands for the same bits.
      expect(murmurDraw(hi | 0, lo | 0, step, to)).toBe(murmurDraw(hi, lo, step, to));
    });
    fc.assert(property, { seed: 31, numRuns: 500 });
  });

  it.each([
    ['random hashes', 'random'],
    ['sequential integers as they are', 'sequential'],
    ['integers whose lower half is 0', 'shifted'],
  ])('is even over the steps of one key and over keys: %s', (_, kind) => {
    const rng = rngFrom(7, `draw/${kind}`);
    const bins = Array.from({ length: 37 }, () => 0);
    const pairs = Array.from({ length: 8 * 8 }, () => 0);
    for (let key = 0; key < 20_000; key += 1) {
      const hi = kind === 'random' ? rng.uint32() : kind === 'shifted' ? key : 0;
      const lo = kind === 'random' ? rng.uint32() : kind === 'shifted' ? 0 : key;
      for (let step = 0; step < 10; step += 1) {
        const bin = murmurDraw(hi, lo, step, 37);
        bins[bin] = (bins[bin] ?? 0) + 1;
      }
      const pair = 8 * murmurDraw(hi, lo, 0, 8) + murmurDraw(hi, lo, 1, 8);
      pairs[pair] = (pairs[pair] ?? 0) + 1;
    }
    const even = (counts: readonly number[]): number[] => counts.map(() => 1);
    expect(chiSquareTest(bins, even(bins)).p).toBeGreaterThan(1e-4);
    // One draw says nothing about the next.
    expect(chiSquareTest(pairs, even(pairs)).p).toBeGreaterThan(1e-4);
  });
});
