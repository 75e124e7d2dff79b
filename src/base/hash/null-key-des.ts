// DES, FIPS 46-3 (1999), with a key of 64 zero bits: all sixteen round keys are then zero as well.
import type { Hash64 } from './key-hash.ts';

/** The eight S-boxes: four rows of sixteen 4-bit values each, as hexadecimal digits. */
const boxes = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
] as const;

/** P: bit i of the result (1 is the highest) is this bit of the input. */
const permutation = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13,
  30, 6, 22, 11, 4, 25,
] as const;

function permute(word: number): number {
  let result = 0;
  for (const [i, from] of permutation.entries()) {
    result |= ((word >>> (32 - from)) & 1) << (31 - i);
  }
  return result;
}

/** What six bits contribute to a round, S-box and P together: entry 64 x box + bits. */
const contributions = new Int32Array(512);
for (const [box, rows] of boxes.entries()) {
  const values = rows.replaceAll(' ', '');
  for (let bits = 0; bits < 64; bits += 1) {
    // The outer bits choose the row, the four inner ones the column.
    const row = ((bits >>> 4) & 2) | (bits & 1);
    const value = Number.parseInt(values.charAt(16 * row + ((bits >>> 1) & 15)), 16);
    contributions[64 * box + bits] = permute(value << (28 - 4 * box));
  }
}

/**
 * The round function. E, which spreads 32 bits over eight overlapping groups of six, is a rotation
 * and a shift for each group: a zero round key changes nothing in between.
 */
function round(right: number): number {
  const turned = (right >>> 1) | (right << 31);
  let sum = 0;
  for (let box = 0; box < 7; box += 1) {
    sum |= contributions[64 * box + ((turned >>> (26 - 4 * box)) & 63)] ?? 0;
  }
  return sum | (contributions[448 + (((right << 1) | (right >>> 31)) & 63)] ?? 0);
}

/** Encrypts the 64-bit block (hi, lo) into `out`. Allocates nothing. */
export function nullKeyDes(hi: number, lo: number, out: Hash64): void {
  let left = hi;
  let right = lo;
  // IP: five exchanges of bits between the two halves.
  let swap = ((left >>> 4) ^ right) & 0x0f0f0f0f;
  right ^= swap;
  left ^= swap << 4;
  swap = ((left >>> 16) ^ right) & 0x0000ffff;
  right ^= swap;
  left ^= swap << 16;
  swap = ((right >>> 2) ^ left) & 0x33333333;
  left ^= swap;
  right ^= swap << 2;
  swap = ((right >>> 8) ^ left) & 0x00ff00ff;
  left ^= swap;
  right ^= swap << 8;
  swap = ((left >>> 1) ^ right) & 0x55555555;
  right ^= swap;
  left ^= swap << 1;

  // Two rounds at a time, so that the halves need not trade places.
  for (let i = 0; i < 8; i += 1) {
    left ^= round(right);
    right ^= round(left);
  }

  // The halves trade places once more, and then IP the other way round.
  swap = ((right >>> 1) ^ left) & 0x55555555;
  left ^= swap;
  right ^= swap << 1;
  swap = ((left >>> 8) ^ right) & 0x00ff00ff;
  right ^= swap;
  left ^= swap << 8;
  swap = ((left >>> 2) ^ right) & 0x33333333;
  right ^= swap;
  left ^= swap << 2;
  swap = ((right >>> 16) ^ left) & 0x0000ffff;
  left ^= swap;
  right ^= swap << 16;
  swap = ((right >>> 4) ^ left) & 0x0f0f0f0f;
  left ^= swap;
  right ^= swap << 4;
  out.hi = right >>> 0;
  out.lo = left >>> 0;
}
