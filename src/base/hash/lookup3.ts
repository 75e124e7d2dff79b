// lookup3, Bob Jenkins 2006, https://burtleburtle.net/bob/c/lookup3.c, as PostgreSQL has it:
// postgres/postgres, src/common/hashfn.c, hash_bytes_extended.
import { readUint32 } from './bytes.ts';
import type { Hash64 } from './key-hash.ts';

/** 64 bits that start the hash, as two words. */
export interface Seed64 {
  readonly hi: number;
  readonly lo: number;
}

/** Seed 0: the low word of the result is then the 32-bit hash (hashint8, hashtext, uuid_hash). */
export const noSeed: Seed64 = { hi: 0, lo: 0 };

// 0x9e3779b9 is Jenkins' constant, 3923095 what PostgreSQL adds to it.
const start32 = (0x9e3779b9 + 3923095) | 0;

// The three words of the state, between the functions below.
let a = 0;
let b = 0;
let c = 0;

function mix(): void {
  a = ((a - c) ^ ((c << 4) | (c >>> 28))) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ ((a << 6) | (a >>> 26))) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ ((b << 8) | (b >>> 24))) | 0;
  b = (b + a) | 0;
  a = ((a - c) ^ ((c << 16) | (c >>> 16))) | 0;
  c = (c + b) | 0;
  b = ((b - a) ^ ((a << 19) | (a >>> 13))) | 0;
  a = (a + c) | 0;
  c = ((c - b) ^ ((b << 4) | (b >>> 28))) | 0;
  b = (b + a) | 0;
}

function finish(out: Hash64): void {
  c = ((c ^ b) - ((b << 14) | (b >>> 18))) | 0;
  a = ((a ^ c) - ((c << 11) | (c >>> 21))) | 0;
  b = ((b ^ a) - ((a << 25) | (a >>> 7))) | 0;
  c = ((c ^ b) - ((b << 16) | (b >>> 16))) | 0;
  a = ((a ^ c) - ((c << 4) | (c >>> 28))) | 0;
  b = ((b ^ a) - ((a << 14) | (a >>> 18))) | 0;
  c = ((c ^ b) - ((b << 24) | (b >>> 8))) | 0;
  out.hi = b >>> 0;
  out.lo = c >>> 0;
}

function begin(length: number, seed: Seed64): void {
  a = (start32 + length) | 0;
  b = a;
  c = a;
  if (seed.hi === 0 && seed.lo === 0) return;
  a = (a + seed.hi) | 0;
  b = (b + seed.lo) | 0;
  mix();
}

/** Up to four bytes as a little-endian word; those at or past `end` read as 0. */
function partialWord(bytes: Uint8Array, at: number, end: number): number {
  let word = 0;
  const length = Math.min(4, end - at);
  for (let i = 0; i < length; i += 1) word |= (bytes[at + i] ?? 0) << (8 * i);
  return word;
}

/** hash_bytes_extended of bytes[start .. end): 64 bits. Allocates nothing. */
export function hashBytesExtended(
  bytes: Uint8Array,
  start: number,
  end: number,
  seed: Seed64,
  out: Hash64,
): void {
  begin(end - start, seed);
  let at = start;
  for (; end - at >= 12; at += 12) {
    a = (a + readUint32(bytes, at)) | 0;
    b = (b + readUint32(bytes, at + 4)) | 0;
    c = (c + readUint32(bytes, at + 8)) | 0;
    mix();
  }
  a = (a + partialWord(bytes, at, end)) | 0;
  b = (b + partialWord(bytes, at + 4, end)) | 0;
  // The lowest byte of c is taken by the length, so the last bytes start at the second.
  c = (c + (partialWord(bytes, at + 8, end) << 8)) | 0;
  finish(out);
}

/** hash_bytes_uint32_extended of a 32-bit word: 64 bits. Allocates nothing. */
export function hashWordExtended(word: number, seed: Seed64, out: Hash64): void {
  begin(4, seed);
  a = (a + word) | 0;
  finish(out);
}
