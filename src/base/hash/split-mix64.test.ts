import { expect, it } from 'vitest';
import { rngFrom } from '../rng.ts';
import { slowSplitMix64 } from './slow-hashes.suite.ts';
import { SplitMix64 } from './split-mix64.ts';
import { hex64 } from './vectors.suite.ts';

function numbers(hi: number, lo: number, count: number): string[] {
  const random = new SplitMix64();
  random.seed(hi, lo);
  return Array.from({ length: count }, () => {
    random.next();
    return hex64({ hi: random.hi >>> 0, lo: random.lo >>> 0 });
  });
}

it('begins with the numbers that are known of seed 0', () => {
  // What the test suites of many ports of Vigna's splitmix64.c expect of seed 0.
  expect(numbers(0, 0, 3)).toEqual(['e220a8397b1dcdaf', '6e789e6aa1b965f4', '06c45d188009454f']);
});

it('agrees with BigInt arithmetic, carries and all', () => {
  const rng = rngFrom(3, 'split-mix64');
  for (let i = 0; i < 2000; i += 1) {
    const [hi, lo] = [rng.uint32(), i % 2 === 0 ? rng.uint32() : 0x80b583ea + (i % 5)];
    const seed = (BigInt(hi) << 32n) | BigInt(lo);
    const slow = [1, 2, 3, 4, 5].map((index) => slowSplitMix64(seed, index).toString(16));
    expect(numbers(hi, lo, 5)).toEqual(slow.map((digits) => digits.padStart(16, '0')));
  }
});
