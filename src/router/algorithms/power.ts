// Power consistent hashing: Leu 2023, https://arxiv.org/abs/2307.12448
import { computedRouter } from './computed-router.ts';
import type { RouterDefinition } from '../contract.ts';
import { type Draw, murmurDraw } from '../draw.ts';
import { jumpBucket } from './jump-bucket.ts';

/** The paper's f: the highest one among the lower bits of the hash, and a random rest below it. */
function spread(hi: number, lo: number, mask: number, draw: Draw): number {
  const bits = lo & mask;
  if (bits === 0) return 0;
  const top = 1 << (31 - Math.clz32(bits));
  return top + draw(hi, lo, top, top);
}

/**
 * The bucket in [0, buckets) of the 64-bit hash (hi, lo), for 1 to 2^20 buckets. The paper's g,
 * which decides what becomes of keys beyond the last bucket, is jump consistent hash from the
 * middle of the power of two: on average less than one jump, so the time does not depend on
 * `buckets`.
 */
export function powerBucket(hi: number, lo: number, buckets: number, draw: Draw): number {
  if (buckets === 1) return 0;
  const mask = (1 << (32 - Math.clz32(buckets - 1))) - 1;
  const bucket = spread(hi, lo, mask, draw);
  if (bucket < buckets) return bucket;
  const half = mask >>> 1;
  const jumped = jumpBucket(hi, lo, buckets, half);
  return jumped > half ? jumped : spread(hi, lo, half, draw);
}

/**
 * Growing from N to M moves (M - N) / M of the keys, the least there is; only the last goes. Reads
 * the lower bits of the hash: under `identity`, multiples of 4096 share a shard, as under mod.
 */
export const power: RouterDefinition = computedRouter({
  name: 'power',
  summary: 'power consistent hashing: even, no memory, constant time, least key movement',
  lookup: 'O(1)',
  bucketOf: (hi, lo, buckets) => powerBucket(hi, lo, buckets, murmurDraw),
});
