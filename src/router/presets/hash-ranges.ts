/** Hashes from `start` up to the next range's start belong to `shard`. */
export interface HashRange {
  readonly start: bigint;
  readonly shard: number;
}

/** Number of unsigned 64-bit hashes. */
export const hashSpace = 2n ** 64n;

/** Where range `index` ends: the start of the next one, or the end of the hash space. */
export function rangeEnd(ranges: readonly HashRange[], index: number): bigint {
  return ranges[index + 1]?.start ?? hashSpace;
}

/** Ranges of the unsigned 64-bit hash space, ascending, the first from 0. */
export class HashRangeTable {
  readonly ranges: readonly HashRange[];
  readonly #hi: Uint32Array;
  readonly #lo: Uint32Array;
  readonly #shard: Uint32Array;

  constructor(ranges: readonly HashRange[]) {
    this.ranges = ranges;
    this.#hi = Uint32Array.from(ranges, ({ start }) => Number(start >> 32n));
    this.#lo = Uint32Array.from(ranges, ({ start }) => Number(start & 0xffff_ffffn));
    this.#shard = Uint32Array.from(ranges, ({ shard }) => shard);
  }

  /** The shard of the hash (hi, lo), two unsigned words. Allocates nothing. */
  shardOf(hi: number, lo: number): number {
    // The last range that does not start after the hash.
    let low = 0;
    let high = this.#hi.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const startHi = this.#hi[middle] ?? 0;
      if (startHi > hi || (startHi === hi && (this.#lo[middle] ?? 0) > lo)) high = middle - 1;
      else low = middle;
    }
    return this.#shard[low] ?? 0;
  }
}
