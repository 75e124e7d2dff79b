// AnchorHash: Mendelson, Vargaftik, Barabash, Lorenz, Keslassy, Orda 2020, arXiv 1812.09674
import { assert } from '../../base/assert.ts';
import type { Buckets } from './buckets.ts';
import type { Draw } from '../draw.ts';

/**
 * The paper's anchor set of `capacity` buckets, some of which work. Of its four arrays only A and K
 * are kept: W and L make removing a bucket O(1), and can be found by walking K.
 */
export class AnchorBuckets implements Buckets {
  readonly capacity: number;
  /** A: 0 for a bucket that works, else how many worked after it was removed. */
  readonly #worked: Uint32Array;
  /** K: the bucket that took the place of a removed one; itself for one that works. */
  readonly #successor: Uint32Array;
  /** R: the removed buckets, the last one on top. */
  readonly #removed: Uint32Array;
  #working: number;

  private constructor(
    worked: Uint32Array,
    successor: Uint32Array,
    removed: Uint32Array,
    working: number,
  ) {
    this.capacity = worked.length;
    this.#worked = worked;
    this.#successor = successor;
    this.#removed = removed;
    this.#working = working;
  }

  /** Buckets 0 .. working - 1 work, from 1 to `capacity` of them. */
  static of(capacity: number, working: number): AnchorBuckets {
    assert(working >= 1 && working <= capacity, 'from 1 to all buckets work');
    const worked = Uint32Array.from({ length: capacity }, (_, b) => (b < working ? 0 : b));
    const successor = Uint32Array.from({ length: capacity }, (_, b) => b);
    const removed = Uint32Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
    return new AnchorBuckets(worked, successor, removed, working);
  }

  copyFor(shardCount: number): AnchorBuckets {
    assert(shardCount <= this.capacity, 'room for all shards');
    return new AnchorBuckets(
      this.#worked.slice(),
      this.#successor.slice(),
      this.#removed.slice(),
      this.#working,
    );
  }

  /** The last removed bucket works again. */
  add(): number {
    const spare = this.capacity - this.#working;
    assert(spare > 0, 'a bucket that does not work');
    const bucket = this.#removed[spare - 1] ?? 0;
    this.#worked[bucket] = 0;
    this.#successor[bucket] = bucket;
    this.#working += 1;
    return bucket;
  }

  remove(bucket: number): void {
    assert(this.#worked[bucket] === 0 && this.#working > 1, 'one of several that work');
    this.#removed[this.capacity - this.#working] = bucket;
    this.#successor[bucket] = this.#inView(this.#working - 1, this.#working);
    this.#working -= 1;
    this.#worked[bucket] = this.#working;
  }

  /** The bucket of the 64-bit key (hi, lo): expected 1 + ln(capacity / working) draws. */
  bucketOf(hi: number, lo: number, draw: Draw): number {
    let bucket = draw(hi, lo, 0, this.capacity);
    let view = this.#worked[bucket] ?? 0;
    for (let step = 1; view > 0; step += 1) {
      bucket = this.#inView(draw(hi, lo, step, view), view);
      view = this.#worked[bucket] ?? 0;
    }
    return bucket;
  }

  /** The bucket that stood at a place when `view` buckets worked: W of that time. */
  #inView(place: number, view: number): number {
    let bucket = place;
    while ((this.#worked[bucket] ?? 0) >= view) bucket = this.#successor[bucket] ?? 0;
    return bucket;
  }
}
