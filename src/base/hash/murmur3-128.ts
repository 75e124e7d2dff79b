// MurmurHash3_x64_128, Austin Appleby, SMHasher, public domain; seed 0, first 64-bit word.
import { readUint32 } from './bytes.ts';
import type { Hash64, KeyHash } from './key-hash.ts';
import { addHigh, multiplyHigh } from './word64.ts';

// c1 = 0x87c37b91114253d5, c2 = 0x4cf5ad432745937f
const c1Hi = 0x87c37b91 | 0;
const c1Lo = 0x114253d5;
const c2Hi = 0x4cf5ad43;
const c2Lo = 0x2745937f;

/** The two 64-bit lanes. */
interface Lanes {
  h1Hi: number;
  h1Lo: number;
  h2Hi: number;
  h2Lo: number;
}

/** h1 ^= rotl(k1 x c1, 31) x c2 */
function mixFirst(lanes: Lanes, kHi: number, kLo: number): void {
  const hi = multiplyHigh(kHi, kLo, c1Hi, c1Lo);
  const lo = Math.imul(kLo, c1Lo);
  const rotatedHi = (hi << 31) | (lo >>> 1);
  const rotatedLo = (lo << 31) | (hi >>> 1);
  lanes.h1Hi ^= multiplyHigh(rotatedHi, rotatedLo, c2Hi, c2Lo);
  lanes.h1Lo ^= Math.imul(rotatedLo, c2Lo);
}

/** h2 ^= rotl(k2 x c2, 33) x c1 */
function mixSecond(lanes: Lanes, kHi: number, kLo: number): void {
  const hi = multiplyHigh(kHi, kLo, c2Hi, c2Lo);
  const lo = Math.imul(kLo, c2Lo);
  const rotatedHi = (lo << 1) | (hi >>> 31);
  const rotatedLo = (hi << 1) | (lo >>> 31);
  lanes.h2Hi ^= multiplyHigh(rotatedHi, rotatedLo, c1Hi, c1Lo);
  lanes.h2Lo ^= Math.imul(rotatedLo, c1Lo);
}

function mixBlock(lanes: Lanes, bytes: Uint8Array, at: number): void {
  mixFirst(lanes, readUint32(bytes, at + 4), readUint32(bytes, at));
  // h1 = (rotl(h1, 27) + h2) x 5 + 0x52dce729
  let hi = (lanes.h1Hi << 27) | (lanes.h1Lo >>> 5);
  let lo = (((lanes.h1Lo << 27) | (lanes.h1Hi >>> 5)) + lanes.h2Lo) | 0;
  hi = addHigh(hi, lanes.h2Hi, lanes.h2Lo, lo);
  hi = multiplyHigh(hi, lo, 0, 5);
  lo = Math.imul(lo, 5);
  lanes.h1Lo = (lo + 0x52dce729) | 0;
  lanes.h1Hi = addHigh(hi, 0, 0x52dce729, lanes.h1Lo);

  mixSecond(lanes, readUint32(bytes, at + 12), readUint32(bytes, at + 8));
  // h2 = (rotl(h2, 31) + h1) x 5 + 0x38495ab5
  hi = (lanes.h2Hi << 31) | (lanes.h2Lo >>> 1);
  lo = (((lanes.h2Lo << 31) | (lanes.h2Hi >>> 1)) + lanes.h1Lo) | 0;
  hi = addHigh(hi, lanes.h1Hi, lanes.h1Lo, lo);
  hi = multiplyHigh(hi, lo, 0, 5);
  lo = Math.imul(lo, 5);
  lanes.h2Lo = (lo + 0x38495ab5) | 0;
  lanes.h2Hi = addHigh(hi, 0, 0x38495ab5, lanes.h2Lo);
}

/** Little-endian word of bytes[at .. end), at most four, missing ones 0. */
function tailWord(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 <= end) return readUint32(bytes, at);
  let word = 0;
  for (let i = at, shift = 0; i < end; i += 1, shift += 8) word |= (bytes[i] ?? 0) << shift;
  return word;
}

function finish(hash: Hash64): void {
  let hi = hash.hi;
  let lo = hash.lo ^ (hi >>> 1);
  // x 0xff51afd7ed558ccd
  hi = multiplyHigh(hi, lo, 0xff51afd7 | 0, 0xed558ccd | 0);
  lo = Math.imul(lo, 0xed558ccd | 0);
  lo ^= hi >>> 1;
  // x 0xc4ceb9fe1a85ec53
  hi = multiplyHigh(hi, lo, 0xc4ceb9fe | 0, 0x1a85ec53);
  lo = Math.imul(lo, 0x1a85ec53);
  hash.hi = hi;
  hash.lo = lo ^ (hi >>> 1);
}

const lanes: Lanes = { h1Hi: 0, h1Lo: 0, h2Hi: 0, h2Lo: 0 };
const first: Hash64 = { hi: 0, lo: 0 };
const second: Hash64 = { hi: 0, lo: 0 };

export const murmur3x128: KeyHash = {
  name: 'murmur3-128',
  bits: 64,
  hash(bytes, start, end, out) {
    lanes.h1Hi = 0;
    lanes.h1Lo = 0;
    lanes.h2Hi = 0;
    lanes.h2Lo = 0;
    let at = start;
    for (; at + 16 <= end; at += 16) mixBlock(lanes, bytes, at);
    if (end - at > 8) mixSecond(lanes, tailWord(bytes, at + 12, end), tailWord(bytes, at + 8, end));
    if (end > at) {
      const half = Math.min(end, at + 8);
      mixFirst(lanes, tailWord(bytes, at + 4, half), tailWord(bytes, at, half));
    }
    const length = end - start;
    lanes.h1Lo ^= length;
    lanes.h2Lo ^= length;

    first.lo = (lanes.h1Lo + lanes.h2Lo) | 0;
    first.hi = addHigh(lanes.h1Hi, lanes.h2Hi, lanes.h2Lo, first.lo);
    second.lo = (lanes.h2Lo + first.lo) | 0;
    second.hi = addHigh(lanes.h2Hi, first.hi, first.lo, second.lo);
    finish(first);
    finish(second);
    const lo = (first.lo + second.lo) | 0;
    out.hi = addHigh(first.hi, second.hi, second.lo, lo) >>> 0;
    out.lo = lo >>> 0;
  },
};
