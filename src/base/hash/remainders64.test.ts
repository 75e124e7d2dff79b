import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { remainder64, remainders64 } from './word64.ts';

const words = [0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
const edges = words.flatMap((hi) => words.map((lo) => ({ hi, lo })));

function expectRemainders(numbers: readonly { hi: number; lo: number }[], divisor: number): void {
  const out = new Uint32Array(numbers.length);
  const hi = Uint32Array.from(numbers, (each) => each.hi);
  const lo = Uint32Array.from(numbers, (each) => each.lo);
  remainders64(hi, lo, numbers.length, divisor, out);
  const exact = numbers.map((each) =>
    Number(((BigInt(each.hi) << 32n) | BigInt(each.lo)) % BigInt(divisor)),
  );
  expect([...out]).toEqual(exact);
  expect(numbers.map((each) => remainder64(each.hi, each.lo, divisor))).toEqual(exact);
}

test('the remainders of BigInt, at the edges and next to multiples of the divisor', () => {
  for (const divisor of [1, 2, 3, 5, 7, 1000, 1024, 65_535, 65_536, 65_537, 2 ** 21 - 1, 2 ** 21]) {
    const most = (2n ** 64n - 1n) / BigInt(divisor);
    const multiples = [0n, 1n, most / 3n, most - 1n, most].flatMap((times) =>
      [-1n, 0n, 1n].map((off) => BigInt.asUintN(64, times * BigInt(divisor) + off)),
    );
    const near = multiples.map((n) => ({ hi: Number(n >> 32n), lo: Number(n & 0xffff_ffffn) }));
    expectRemainders([...edges, ...near], divisor);
    expect(near).toHaveLength(15);
  }
});

test('and of any numbers', () => {
  const word = fc.integer({ min: 0, max: 0xffff_ffff });
  const property = fc.property(
    fc.array(fc.record({ hi: word, lo: word }), { minLength: 1 }),
    fc.integer({ min: 1, max: 2 ** 21 }),
    expectRemainders,
  );
  fc.assert(property, { seed: 1, numRuns: 1000 });
});
