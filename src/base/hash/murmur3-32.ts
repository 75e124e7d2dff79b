// MurmurHash3_x86_32, Austin Appleby, SMHasher, public domain; seed 0.
import { readUint32 } from './bytes.ts';
import type { KeyHash } from './key-hash.ts';

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

function finish(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

export const murmur3x32: KeyHash = {
  name: 'murmur3-32',
  bits: 32,
  hash(bytes, start, end, out) {
    let hash = 0;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      hash ^= scramble(readUint32(bytes, at));
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
    let tail = 0;
    for (let shift = 0; at < end; at += 1, shift += 8) tail |= (bytes[at] ?? 0) << shift;
    hash ^= scramble(tail) ^ (end - start);
    out.hi = 0;
    out.lo = finish(hash) >>> 0;
  },
};
