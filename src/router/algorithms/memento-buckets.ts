// MementoHash: Coluzzi, Brocco, Antonucci, Leidi 2023, https://arxiv.org/abs/2306.09783
import { assert } from '../../base/assert.ts';
import type { Buckets } from './buckets.ts';
import type { Draw } from '../draw.ts';
import { jumpBucket } from './jump-bucket.ts';

const works = -1;

/**
 * Jump consistent hash over all buckets, and what became of those that were removed. The paper
 * keeps these in a hash table; for at most a million shards an array by bucket is faster, and none
 * is read while only the last bucket ever went.
 */
export class MementoBuckets implements Buckets {
  /**
   * How many buckets worked after a bucket was removed, which is also its replacement; or `works`.
   */
  readonly #replacement: Int32Array;
  /**
   * Removed buckets in their order, save those that were the last of all when nothing was removed.
   */
  readonly #removed: number[];
  #size: number;

  private constructor(replacement: Int32Array, removed: number[], size: number) {
    this.#replacement = replacement;
    this.#removed = removed;
    this.#size = size;
  }

  /** Buckets 0 .. size - 1, all working. */
  static of(size: number): MementoBuckets {
    return new MementoBuckets(new Int32Array(size).fill(works), [], size);
  }

  copyFor(shardCount: number): MementoBuckets {
    // There are never more buckets than before, or than shards.
    const replacement = new Int32Array(Math.max(this.#size, shardCount)).fill(works);
    replacement.set(this.#replacement.subarray(0, this.#size));
    return new MementoBuckets(replacement, [...this.#removed], this.#size);
  }

  /** The last removed bucket works again; without one there is a bucket more. */
  add(): number {
    const bucket = this.#removed.pop();
    if (bucket !== undefined) {
      this.#replacement[bucket] = works;
      return bucket;
    }
    assert(this.#size < this.#replacement.length, 'room for a bucket');
    this.#size += 1;
    return this.#size - 1;
  }

  remove(bucket: number): void {
    const working = this.#size - this.#removed.length;
    assert(working > 1 && bucket < this.#size, 'one of several buckets');
    assert(this.#replacement[bucket] === works, 'a bucket that works');
    if (this.#removed.length === 0 && bucket === this.#size - 1) {
      this.#size = bucket;
      return;
    }
    this.#replacement[bucket] = working - 1;
    this.#removed.push(bucket);
  }

  bucketOf(hi: number, lo: number, draw: Draw): number {
    let bucket = jumpBucket(hi, lo, this.#size);
    if (this.#removed.length === 0) return bucket;
    let worked = this.#replacement[bucket] ?? works;
    while (worked !== works) {
      // Any bucket of those that worked when this one went; follow what went before it.
      bucket = draw(hi, lo, bucket, worked);
      let replacement = this.#replacement[bucket] ?? works;
      while (replacement >= worked) {
        bucket = replacement;
        replacement = this.#replacement[bucket] ?? works;
      }
      worked = replacement;
    }
    return bucket;
  }
}
