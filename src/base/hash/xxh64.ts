// XXH64, Yann Collet, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md; seed 0.
import { readUint32 } from './bytes.ts';
import type { KeyHash } from './key-hash.ts';
import { addHigh, multiplyHigh } from './word64.ts';
import { xxh64Integers } from './xxh64-integers.ts';

const p1Hi = 0x9e3779b1 | 0;
const p1Lo = 0x85ebca87 | 0;
const p2Hi = 0xc2b2ae3d | 0;
const p2Lo = 0x27d4eb4f;
const p3Hi = 0x165667b1;
const p3Lo = 0x9e3779f9 | 0;
const p4Hi = 0x85ebca77 | 0;
const p4Lo = 0xc2b2ae63 | 0;
const p5Hi = 0x27d4eb2f;
const p5Lo = 0x165667c5;

/** One 64-bit accumulator. */
interface Lane {
  hi: number;
  lo: number;
}

/** lane = rotl(lane + (hi, lo) x P2, 31) x P1 */
function round(lane: Lane, hi: number, lo: number): void {
  const productLo = Math.imul(lo, p2Lo);
  const sumLo = (lane.lo + productLo) | 0;
  const sumHi = addHigh(lane.hi, multiplyHigh(hi, lo, p2Hi, p2Lo), productLo, sumLo);
  const rotatedHi = (sumHi << 31) | (sumLo >>> 1);
  const rotatedLo = (sumLo << 31) | (sumHi >>> 1);
  lane.hi = multiplyHigh(rotatedHi, rotatedLo, p1Hi, p1Lo);
  lane.lo = Math.imul(rotatedLo, p1Lo);
}

/** lane = lane x P1 + P4 */
function multiplyAdd(lane: Lane): void {
  const hi = multiplyHigh(lane.hi, lane.lo, p1Hi, p1Lo);
  lane.lo = (Math.imul(lane.lo, p1Lo) + p4Lo) | 0;
  lane.hi = addHigh(hi, p4Hi, p4Lo, lane.lo);
}

/** total = total + rotl(lane, bits), bits below 32 */
function addRotated(total: Lane, lane: Lane, bits: number): void {
  const hi = (lane.hi << bits) | (lane.lo >>> (32 - bits));
  const lo = (lane.lo << bits) | (lane.hi >>> (32 - bits));
  total.lo = (total.lo + lo) | 0;
  total.hi = addHigh(total.hi, hi, lo, total.lo);
}

const hash: Lane = { hi: 0, lo: 0 };
const word: Lane = { hi: 0, lo: 0 };
// The four lanes of a long input.
const a: Lane = { hi: 0, lo: 0 };
const b: Lane = { hi: 0, lo: 0 };
const c: Lane = { hi: 0, lo: 0 };
const d: Lane = { hi: 0, lo: 0 };

/** Folds one finished lane of the long-input loop into the hash. */
function mergeLane(lane: Lane): void {
  word.hi = 0;
  word.lo = 0;
  round(word, lane.hi, lane.lo);
  hash.hi ^= word.hi;
  hash.lo ^= word.lo;
  multiplyAdd(hash);
}

/** The 32-byte stripes of a long input; returns where the rest starts. */
function mixStripes(bytes: Uint8Array, start: number, end: number): number {
  a.lo = (p1Lo + p2Lo) | 0;
  a.hi = addHigh(p1Hi, p2Hi, p2Lo, a.lo);
  b.hi = p2Hi;
  b.lo = p2Lo;
  c.hi = 0;
  c.lo = 0;
  d.lo = -p1Lo | 0;
  d.hi = ~p1Hi;
  let at = start;
  for (; at + 32 <= end; at += 32) {
    round(a, readUint32(bytes, at + 4), readUint32(bytes, at));
    round(b, readUint32(bytes, at + 12), readUint32(bytes, at + 8));
    round(c, readUint32(bytes, at + 20), readUint32(bytes, at + 16));
    round(d, readUint32(bytes, at + 28), readUint32(bytes, at + 24));
  }
  hash.hi = 0;
  hash.lo = 0;
  addRotated(hash, a, 1);
  addRotated(hash, b, 7);
  addRotated(hash, c, 12);
  addRotated(hash, d, 18);
  mergeLane(a);
  mergeLane(b);
  mergeLane(c);
  mergeLane(d);
  return at;
}

function mixWord(hi: number, lo: number): void {
  word.hi = 0;
  word.lo = 0;
  round(word, hi, lo);
  const xHi = hash.hi ^ word.hi;
  const xLo = hash.lo ^ word.lo;
  hash.hi = (xHi << 27) | (xLo >>> 5);
  hash.lo = (xLo << 27) | (xHi >>> 5);
  multiplyAdd(hash);
}

/** hash = rotl(hash ^ value x P1, 23) x P2 + P3, for the four bytes before the last ones. */
function mixHalf(value: number): void {
  const xHi = hash.hi ^ multiplyHigh(0, value, p1Hi, p1Lo);
  const xLo = hash.lo ^ Math.imul(value, p1Lo);
  const hi = (xHi << 23) | (xLo >>> 9);
  const lo = (xLo << 23) | (xHi >>> 9);
  hash.lo = (Math.imul(lo, p2Lo) + p3Lo) | 0;
  hash.hi = addHigh(multiplyHigh(hi, lo, p2Hi, p2Lo), p3Hi, p3Lo, hash.lo);
}

/** hash = rotl(hash ^ byte x P5, 11) x P1 */
function mixByte(byte: number): void {
  const xHi = hash.hi ^ multiplyHigh(0, byte, p5Hi, p5Lo);
  const xLo = hash.lo ^ Math.imul(byte, p5Lo);
  const hi = (xHi << 11) | (xLo >>> 21);
  const lo = (xLo << 11) | (xHi >>> 21);
  hash.hi = multiplyHigh(hi, lo, p1Hi, p1Lo);
  hash.lo = Math.imul(lo, p1Lo);
}

export const xxh64: KeyHash = {
  name: 'xxh64',
  bits: 64,
  hashIntegers: xxh64Integers,
  hash(bytes, start, end, out) {
    const length = end - start;
    let at = start;
    if (length >= 32) {
      at = mixStripes(bytes, start, end);
    } else {
      hash.hi = p5Hi;
      hash.lo = p5Lo;
    }
    const sum = (hash.lo + length) | 0;
    hash.hi = addHigh(hash.hi, 0, length, sum);
    hash.lo = sum;
    for (; at + 8 <= end; at += 8) mixWord(readUint32(bytes, at + 4), readUint32(bytes, at));
    if (at + 4 <= end) {
      mixHalf(readUint32(bytes, at));
      at += 4;
    }
    for (; at < end; at += 1) mixByte(bytes[at] ?? 0);

    // The avalanche: ^ >>> 33, x P2, ^ >>> 29, x P3, ^ >>> 32.
    let hi = hash.hi;
    let lo = hash.lo ^ (hi >>> 1);
    hi = multiplyHigh(hi, lo, p2Hi, p2Lo);
    lo = Math.imul(lo, p2Lo);
    lo ^= (lo >>> 29) | (hi << 3);
    hi ^= hi >>> 29;
    hi = multiplyHigh(hi, lo, p3Hi, p3Lo);
    lo = Math.imul(lo, p3Lo);
    out.hi = hi >>> 0;
    out.lo = (lo ^ hi) >>> 0;
  },
};
