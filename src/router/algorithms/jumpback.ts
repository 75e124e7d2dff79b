// JumpBackHash: Ertl 2024, https://arxiv.org/abs/2403.18682
import { type Random64, SplitMix64 } from '../../base/hash/split-mix64.ts';
import { computedRouter } from './computed-router.ts';

/** The set bits of a word, modulo 2. */
function parity(word: number): number {
  let bits = word ^ (word >>> 16);
  bits ^= bits >>> 8;
  bits ^= bits >>> 4;
  bits ^= bits >>> 2;
  return (bits ^ (bits >>> 1)) & 1;
}

/**
 * The bucket in [0, buckets) of the key that `random` was seeded with; at most 2^31 - 1 buckets.
 * Bit i of `active` says whether growing from 2^i to 2^(i+1) buckets moves the key at all. From the
 * highest such step back, the last bucket below `buckets` that the key moves to is where it is.
 */
export function jumpBackBucket(random: Random64, buckets: number): number {
  if (buckets <= 1) return 0;
  random.next();
  const firstHi = random.hi;
  const firstLo = random.lo;
  let active = (firstHi ^ firstLo) & (0xffff_ffff >>> Math.clz32(buckets - 1));
  while (active !== 0) {
    const low = 1 << (31 - Math.clz32(active));
    const mask = 2 * low - 1;
    // The words take turns, so that the bits that chose the interval do not choose the bucket too.
    let bucket = low + ((parity(active) === 1 ? firstHi : firstLo) & (low - 1));
    while (bucket >= low) {
      if (bucket < buckets) return bucket;
      random.next();
      bucket = random.lo & mask;
      if (bucket < low) break;
      if (bucket < buckets) return bucket;
      bucket = random.hi & mask;
    }
    active ^= low;
  }
  return 0;
}

/** Seeded anew for each key. */
const splitMix64 = new SplitMix64();

/** Growing from N to M moves (M - N) / M of the keys, the least there is; only the last goes. */
export const jumpback = computedRouter({
  name: 'jumpback',
  summary: 'JumpBackHash: like jump, but in constant time and with whole numbers only',
  lookup: 'O(1)',
  bucketOf(hi, lo, buckets) {
    splitMix64.seed(hi, lo);
    return jumpBackBucket(splitMix64, buckets);
  },
});
