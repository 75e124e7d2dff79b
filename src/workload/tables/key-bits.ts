import { assert } from '../../base/assert.ts';
import { readUint32 } from '../../base/hash/bytes.ts';

/** Some of the 64 bits of an integer: `count` of them, from number `from` (0 is the lowest) up. */
export interface BitField {
  readonly from: number;
  readonly count: number;
}

/**
 * Their value in the int8 in bytes[0 .. 8), little-endian, as a whole number: exact for up to 53
 * bits, of more only the leading ones count.
 */
export function bitsOf({ from, count }: BitField, bytes: Uint8Array): number {
  assert(from >= 0 && count > 0 && from + count <= 64, `bits ${from} + ${count} of 64`);
  const low = readUint32(bytes, 0);
  const high = readUint32(bytes, 4);
  const lower = shifted(low, high, from);
  const upper = from < 32 ? high >>> from : 0;
  if (count <= 32) return masked(lower, count);
  return masked(upper, count - 32) * 2 ** 32 + lower;
}

/** The lowest 32 bits of (high, low) >> by. */
function shifted(low: number, high: number, by: number): number {
  if (by >= 32) return high >>> (by - 32);
  return by === 0 ? low >>> 0 : ((low >>> by) | (high << (32 - by))) >>> 0;
}

function masked(word: number, bits: number): number {
  return bits === 32 ? word : (word & (2 ** bits - 1)) >>> 0;
}
