import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeDecimal64 } from './decimal64.ts';

function decimalOf(value: bigint): string {
  const bytes = new Uint8Array(24).fill(0x78);
  const hi = Number(BigInt.asIntN(32, value >> 32n));
  const end = writeDecimal64(hi, Number(BigInt.asIntN(32, value)), bytes, 2);
  expect([...bytes.subarray(0, 2)]).toEqual([0x78, 0x78]);
  expect(bytes[end]).toBe(0x78);
  return new TextDecoder().decode(bytes.subarray(2, end));
}

it.each([0n, 1n, -1n, 9999n, 10_000n, -(2n ** 31n), 2n ** 32n, 2n ** 53n + 1n])('%s', (value) => {
  expect(decimalOf(value)).toBe(String(value));
});

it('writes every integer of 64 bits as BigInt does', () => {
  const any = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const property = fc.property(any, (value) => {
    expect(decimalOf(value)).toBe(String(value));
  });
  fc.assert(property, { seed: 5, numRuns: 2000, examples: [[-(2n ** 63n)], [2n ** 63n - 1n]] });
});
