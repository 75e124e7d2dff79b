import { describe, expect, it } from 'vitest';
import { mod } from './mod.ts';
import { buildFor, knownKeys, movedFraction } from '../fixtures.suite.ts';

/** As many consecutive integers as make the closed form exact. */
const integers = (count: number) =>
  knownKeys(
    'int8',
    Array.from({ length: count }, (_, index) => String(index)),
  );

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

describe('mod', () => {
  // 1 - gcd(N, M) / max(N, M), brute-forced for N, M < 60 elsewhere.
  it.each([
    [4, 5, 0.8],
    [8, 9, 8 / 9],
    [16, 32, 0.5],
    [16, 20, 0.8],
    [3, 4, 0.75],
  ])('from %i to %i shards moves %f of the integers', (from, to, expected) => {
    const keys = integers(from * to);
    const before = buildFor(mod, from, keys, { hash: 'identity' });
    const after = buildFor(mod, to, keys, { hash: 'identity' });
    expect(movedFraction(before, after, keys)).toBe(expected);
  });

  it('moves what the closed form says, for all pairs below 13', () => {
    for (let from = 1; from < 13; from += 1) {
      for (let to = 1; to < 13; to += 1) {
        const keys = integers(from * to);
        const before = buildFor(mod, from, keys, { hash: 'identity' });
        const after = buildFor(mod, to, keys, { hash: 'identity' });
        const closed = 1 - gcd(from, to) / Math.max(from, to);
        expect(movedFraction(before, after, keys)).toBeCloseTo(closed, 12);
      }
    }
  });

  it('takes negative integers as unsigned with the identity hash', () => {
    const keys = knownKeys('int8', ['-1']);
    // 2^64 - 1 = 18446744073709551615, which leaves 5 modulo 10 and 0 modulo 5.
    expect(buildFor(mod, 10, keys, { hash: 'identity' }).route(keys.bytes, 0, 8)).toBe(5);
    expect(buildFor(mod, 5, keys, { hash: 'identity' }).route(keys.bytes, 0, 8)).toBe(0);
  });
});
