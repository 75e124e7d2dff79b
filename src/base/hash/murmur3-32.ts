// MurmurHash3_x86_32, Austin Appleby, SMHasher, public domain; seed 0.
import { kernelHash } from './hash-kernel.ts';
import type { KeyHash } from './key-hash.ts';

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

/** Its finaliser alone (fmix32): a bijection of 32-bit words that mixes each bit into all. */
export function murmurMix32(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

function absorb(hash: number, word: number): number {
  const mixed = hash ^ scramble(word);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** The hash, as a signed word, of the 12 bytes of three words, each little-endian. */
export function murmur3OfWords(first: number, second: number, third: number): number {
  return murmurMix32(absorb(absorb(absorb(0, first), second), third) ^ 12);
}

export const murmur3x32: KeyHash = kernelHash('murmur3-32', 32, 'murmur3x32');
