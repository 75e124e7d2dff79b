import { describe, expect, test } from 'vitest';
import { chiSquareTest } from '../testing/chi-square.ts';
import { kolmogorovSmirnovTest } from '../testing/kolmogorov-smirnov.ts';
import { below, finalise, mix, saltOf, toUniform } from './mix.ts';

describe('mixing', () => {
  test("the finaliser is MurmurHash3's: its inverse function gives back the word", () => {
    // 0xa5cb9243 and 0x7ed1b41d invert the two multiplications modulo 2^32.
    for (const word of [0, 1, 0xdeadbeef, 0xffffffff, 42]) {
      let h = finalise(word);
      h = Math.imul(h ^ (h >>> 16), 0x7ed1b41d);
      h = Math.imul(h ^ (h >>> 13) ^ (h >>> 26), 0xa5cb9243);
      expect((h ^ (h >>> 16)) >>> 0).toBe(word);
    }
  });

  test('words of neighbouring rows and tenants are uniform and distinct', () => {
    const salt = saltOf(42, 'payload');
    const words: number[] = [];
    for (let tenant = 0; tenant < 100; tenant += 1) {
      for (let row = 0; row < 200; row += 1) words.push(mix(salt, tenant, row));
    }
    expect(kolmogorovSmirnovTest(words, (word) => word / 2 ** 32).p).toBeGreaterThan(1e-4);
    const low = new Uint32Array(64);
    for (const word of words) low[word & 63] = (low[word & 63] ?? 0) + 1;
    expect(chiSquareTest(low, new Float64Array(64).fill(1)).p).toBeGreaterThan(1e-4);
    // 20,000 words of 2^32: 0.05 pairs are expected to collide.
    expect(new Set(words).size).toBeGreaterThan(19_997);
    expect(mix(salt, 0, 1)).not.toBe(mix(salt, 1, 0));
  });

  test('salts differ by seed, also above 32 bits, and by label', () => {
    const salts = [saltOf(1, 'a'), saltOf(2, 'a'), saltOf(1, 'b'), saltOf(1 + 2 ** 32, 'a')];
    expect(new Set([...salts, saltOf(-1, 'a')]).size).toBe(5);
  });

  test('below and toUniform reach both ends and never beyond', () => {
    expect([below(0, 7), below(2 ** 32 - 1, 7)]).toEqual([0, 6]);
    expect(toUniform(0, 0)).toBe(0);
    expect(toUniform(2 ** 32 - 1, 2 ** 32 - 1)).toBe(1 - 2 ** -53);
  });
});
