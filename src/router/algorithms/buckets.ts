import type { Draw } from '../draw.ts';

/**
 * Buckets that leave in any order and come back in the reverse one, as AnchorHash and MementoHash
 * remember them. Which bucket comes back is theirs to say, so a shard holds a bucket, whatever its
 * number. `add` and `remove` are for building; a router's buckets are never changed.
 */
export interface Buckets {
  /** The bucket of the 64-bit key (hi, lo). */
  bucketOf(hi: number, lo: number, draw: Draw): number;
  /** A copy to change, with room for as many shards. */
  copyFor(shardCount: number): Buckets;
  /** Puts one more bucket to work and returns it. */
  add(): number;
  /** One that works; at least one other must. */
  remove(bucket: number): void;
}

/** Marks a shard without a bucket. */
const none = -1;

/** Shard i holds bucket i. */
export function sameBuckets(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, shard) => shard);
}

/** Whether some shard that holds a bucket still has a weight: otherwise nothing is left to keep. */
export function someStay(held: Int32Array, weights: readonly number[]): boolean {
  return held.some((bucket, shard) => bucket !== none && (weights[shard] ?? 0) > 0);
}

/**
 * Gives every shard with a weight a bucket and takes those of the others: `held` is the bucket of
 * each shard until now, the result from now on. Takes before it gives, the last shard first, so
 * that a replaced shard's keys go to its replacement and shards added and removed again leave no
 * trace. Some shard that holds a bucket must stay.
 */
export function assignBuckets(
  buckets: Buckets,
  held: Int32Array,
  weights: readonly number[],
): Int32Array {
  const works = (shard: number): boolean => (weights[shard] ?? 0) > 0;
  const assigned = new Int32Array(weights.length).fill(none);
  for (let shard = held.length - 1; shard >= 0; shard -= 1) {
    const bucket = held[shard] ?? none;
    if (bucket === none) continue;
    if (works(shard)) assigned[shard] = bucket;
    else buckets.remove(bucket);
  }
  for (const shard of weights.keys()) {
    if (works(shard) && assigned[shard] === none) assigned[shard] = buckets.add();
  }
  return assigned;
}

/** The shard of each bucket, from the bucket of each shard. */
export function shardsByBucket(held: Int32Array): Int32Array {
  const last = held.reduce((most, bucket) => Math.max(most, bucket), 0);
  const shards = new Int32Array(last + 1).fill(none);
  for (const [shard, bucket] of held.entries()) if (bucket !== none) shards[bucket] = shard;
  return shards;
}
