// BinomialHash: Coluzzi, Brocco, Antonucci 2024, https://arxiv.org/abs/2406.19836
import { lcgHigh, lcgLow } from '../../base/hash/lcg64.ts';
import { murmurMix32 } from '../../base/hash/murmur3-32.ts';
import { multiplyHigh } from '../../base/hash/word64.ts';
import { computedRouter } from './computed-router.ts';

/** Attempts after the first; shards above the last power of two lack at most 1 key in 2^5 by it. */
const retries = 4;

/** A 32-bit word that follows from the 64-bit word (hi, lo) and a seed: the inner hash. */
export type Rehash = (hi: number, lo: number, seed: number) => number;

/** The authors' generator: the high word of seed x (LCG of x)^2 modulo 2^64. */
export function authorsRehash(hi: number, lo: number, seed: number): number {
  const stepLo = lcgLow(lo);
  const stepHi = lcgHigh(hi, lo, stepLo);
  const squareHi = multiplyHigh(stepHi, stepLo, stepHi, stepLo);
  return multiplyHigh(squareHi, Math.imul(stepLo, stepLo), 0, seed);
}

/**
 * The router's own: with the authors' generator two of 5 or 7 shards are 4 % off their share (in
 * four million keys); this one is even, and needs fewer multiplications.
 */
export function mixedRehash(hi: number, lo: number, seed: number): number {
  return murmurMix32(murmurMix32(lo ^ seed) ^ hi);
}

/**
 * Another bucket of the same level of the tree (2^i to 2^(i+1) - 1), because a level that is not
 * full is filled from its left: the low bits alone would send the rest of its keys to few others.
 */
function withinLevel(bucket: number, hi: number, lo: number, rehash: Rehash): number {
  if (bucket < 2) return bucket;
  const base = 1 << (31 - Math.clz32(bucket));
  return base + (rehash(hi, lo, base - 1) & (base - 1));
}

/** The bucket in [0, buckets) of the 64-bit hash (hi, lo); at most 2^30 buckets. */
export function binomialBucket(hi: number, lo: number, buckets: number, rehash: Rehash): number {
  if (buckets < 2) return 0;
  // The smallest tree that holds all buckets, and the largest that all buckets fill.
  const enclosing = 0xffff_ffff >>> Math.clz32(buckets - 1);
  const minor = enclosing >>> 1;
  let bucket = withinLevel(lo & enclosing, hi, lo, rehash);
  if (bucket < buckets) return bucket;
  let nextHi = hi;
  let nextLo = lo;
  for (let i = 0; i < retries; i += 1) {
    nextLo = rehash(nextHi, nextLo, enclosing);
    nextHi = 0;
    bucket = withinLevel(nextLo & enclosing, nextHi, nextLo, rehash);
    if (bucket <= minor) break;
    if (bucket < buckets) return bucket;
  }
  return withinLevel(lo & minor, hi, lo, rehash);
}

/** Growing from N to M moves (M - N) / M of the keys, up to 1 in 32; only the last shard goes. */
export const binomial = computedRouter({
  name: 'binomial',
  summary:
    'BinomialHash: constant time, no memory, even within 3 %; only the last shard can be removed',
  lookup: 'O(1)',
  bucketOf: (hi, lo, buckets) => binomialBucket(hi, lo, buckets, mixedRehash),
});
