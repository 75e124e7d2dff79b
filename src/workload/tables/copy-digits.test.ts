import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeDecimal, writePadded, writeWords } from './copy-digits.ts';

const decoder = new TextDecoder();

function written(write: (out: Uint8Array, at: number) => number): string {
  const out = new Uint8Array(32).fill(0x23);
  const end = write(out, 2);
  expect([...out.subarray(end)].every((byte) => byte === 0x23)).toBe(true);
  return decoder.decode(out.subarray(2, end));
}

test('whole numbers at the edges of their lengths', () => {
  const edges = Array.from({ length: 16 }, (_, i) => 10 ** i).flatMap((n) => [n - 1, n, n + 1]);
  for (const value of [...edges, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    expect(written((out, at) => writeDecimal(value, out, at))).toBe(String(value));
    expect(written((out, at) => writeDecimal(-value, out, at))).toBe(
      value === 0 ? '0' : String(-value),
    );
  }
});

test('any safe integer', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(written((out, at) => writeDecimal(value, out, at))).toBe(String(value));
    }),
  );
});

test('any positive 64-bit integer in two words', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (value) => {
      const [high, low] = [Number(value >> 32n), Number(value & 0xffffffffn)];
      expect(written((out, at) => writeWords(high, low, out, at))).toBe(String(value));
    }),
  );
  for (const value of [0n, 999_999n, 1_000_000n, 2n ** 22n - 1n, 2n ** 22n, 2n ** 63n - 1n]) {
    const [high, low] = [Number(value >> 32n), Number(value & 0xffffffffn)];
    expect(written((out, at) => writeWords(high, low, out, at))).toBe(String(value));
  }
});

test('leading zeros', () => {
  expect(written((out, at) => writePadded(7, 3, out, at))).toBe('007');
  expect(written((out, at) => writePadded(0, 9, out, at))).toBe('000000000');
  expect(written((out, at) => writePadded(999_999_999, 9, out, at))).toBe('999999999');
});
