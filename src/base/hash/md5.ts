// MD5, RFC 1321: the first 8 bytes of the digest, big-endian. For spreading keys, not for secrets.
import { readUint32, swapBytes } from './bytes.ts';
import type { KeyHash } from './key-hash.ts';

/** floor(2^32 |sin(i + 1)|), RFC 1321 section 3.4. */
const sines = Int32Array.from(
  Array.from({ length: 64 }, (_, i) => Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))) | 0),
);
const block = new Int32Array(16);
const state = new Int32Array(4);

/** Word (modulo 16) of the block plus sine i. */
function x(i: number, word: number): number {
  return ((block[word & 15] ?? 0) + (sines[i] ?? 0)) | 0;
}

/** b + rotl(sum, bits) */
function turn(sum: number, bits: number, b: number): number {
  return (((sum << bits) | (sum >>> (32 - bits))) + b) | 0;
}

/** Four steps of each of the four rounds; the four words trade places, so nothing is shifted. */
function mixBlock(): void {
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  for (let i = 0; i < 16; i += 4) {
    a = turn(a + (d ^ (b & (c ^ d))) + x(i, i), 7, b);
    d = turn(d + (c ^ (a & (b ^ c))) + x(i + 1, i + 1), 12, a);
    c = turn(c + (b ^ (d & (a ^ b))) + x(i + 2, i + 2), 17, d);
    b = turn(b + (a ^ (c & (d ^ a))) + x(i + 3, i + 3), 22, c);
  }
  for (let i = 16; i < 32; i += 4) {
    a = turn(a + (c ^ (d & (b ^ c))) + x(i, 5 * i + 1), 5, b);
    d = turn(d + (b ^ (c & (a ^ b))) + x(i + 1, 5 * i + 6), 9, a);
    c = turn(c + (a ^ (b & (d ^ a))) + x(i + 2, 5 * i + 11), 14, d);
    b = turn(b + (d ^ (a & (c ^ d))) + x(i + 3, 5 * i + 16), 20, c);
  }
  for (let i = 32; i < 48; i += 4) {
    a = turn(a + (b ^ c ^ d) + x(i, 3 * i + 5), 4, b);
    d = turn(d + (a ^ b ^ c) + x(i + 1, 3 * i + 8), 11, a);
    c = turn(c + (d ^ a ^ b) + x(i + 2, 3 * i + 11), 16, d);
    b = turn(b + (c ^ d ^ a) + x(i + 3, 3 * i + 14), 23, c);
  }
  for (let i = 48; i < 64; i += 4) {
    a = turn(a + (c ^ (b | ~d)) + x(i, 7 * i), 6, b);
    d = turn(d + (b ^ (a | ~c)) + x(i + 1, 7 * i + 7), 10, a);
    c = turn(c + (a ^ (d | ~b)) + x(i + 2, 7 * i + 14), 15, d);
    b = turn(b + (d ^ (c | ~a)) + x(i + 3, 7 * i + 21), 21, c);
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
}

/** The last bytes, a one bit, zeros and the length in bits: one block or two. */
function mixTail(bytes: Uint8Array, from: number, start: number, end: number): void {
  block.fill(0);
  const rest = end - from;
  for (let i = 0; i < rest; i += 1) {
    block[i >> 2] = (block[i >> 2] ?? 0) | ((bytes[from + i] ?? 0) << (8 * (i & 3)));
  }
  block[rest >> 2] = (block[rest >> 2] ?? 0) | (0x80 << (8 * (rest & 3)));
  if (rest >= 56) {
    mixBlock();
    block.fill(0);
  }
  block[14] = (end - start) << 3;
  block[15] = (end - start) >>> 29;
  mixBlock();
}

/**
 * The whole digest of bytes[start .. end) as four words, each of four bytes little-endian: what MD5
 * itself works with. Allocates nothing.
 */
export function md5Words(bytes: Uint8Array, start: number, end: number, out: Uint32Array): void {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  let at = start;
  for (; at + 64 <= end; at += 64) {
    for (let i = 0; i < 16; i += 1) block[i] = readUint32(bytes, at + 4 * i);
    mixBlock();
  }
  mixTail(bytes, at, start, end);
  for (let i = 0; i < 4; i += 1) out[i] = state[i] ?? 0;
}

const words = new Uint32Array(4);

/** Written out because node:crypto takes a microsecond for a short key, several times this. */
export const md5: KeyHash = {
  name: 'md5',
  bits: 64,
  hash(bytes, start, end, out) {
    md5Words(bytes, start, end, words);
    out.hi = swapBytes(words[0] ?? 0);
    out.lo = swapBytes(words[1] ?? 0);
  },
};
