// FlipHash: Masson, Lee 2024, https://arxiv.org/abs/2402.17549
import { computedRouter } from './computed-router.ts';
import type { RouterDefinition } from '../contract.ts';
import { type Draw, murmurDraw } from '../draw.ts';

/** After so many draws the paper gives up; each ends the search for at least half of the keys. */
const drawsMax = 64;

/**
 * The bucket for `mask` + 1 buckets, a power of two: the lower bits of the hash, and below their
 * highest one a pattern of flips that depends on the key and on that bit alone.
 */
function flipped(hi: number, lo: number, mask: number, draw: Draw): number {
  const bits = lo & mask;
  if (bits === 0) return 0;
  const top = 31 - Math.clz32(bits);
  return bits ^ draw(hi, lo, top, 1 << top);
}

/**
 * The bucket in [0, buckets) of the 64-bit hash (hi, lo), for 1 to 2^20 buckets. Flips draw at
 * steps 0 to 31, by their bit; attempt i among 2^w buckets draws at step 32 i + w.
 */
export function flipBucket(hi: number, lo: number, buckets: number, draw: Draw): number {
  if (buckets === 1) return 0;
  const width = 32 - Math.clz32(buckets - 1);
  const mask = (1 << width) - 1;
  const bucket = flipped(hi, lo, mask, draw);
  if (bucket < buckets) return bucket;
  const half = mask >>> 1;
  for (let i = 1; i <= drawsMax; i += 1) {
    const drawn = draw(hi, lo, 32 * i + width, mask + 1);
    if (drawn <= half) break;
    if (drawn < buckets) return drawn;
  }
  return flipped(hi, lo, half, draw);
}

/**
 * Growing from N to M moves (M - N) / M of the keys, the least there is; only the last goes. Reads
 * the lower bits of the hash: under `identity`, multiples of 4096 share a shard, as under mod.
 */
export const flip: RouterDefinition = computedRouter({
  name: 'flip',
  summary:
    'FlipHash: even, no memory, constant time, least key movement; only the last shard can ' +
    'be removed',
  lookup: 'O(1)',
  bucketOf: (hi, lo, buckets) => flipBucket(hi, lo, buckets, murmurDraw),
});
