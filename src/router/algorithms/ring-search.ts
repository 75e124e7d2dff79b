import { firstPoint, type RingPoints } from './ring-points.ts';

/**
 * Finds a key's point on a ring: by the top bits of its position it looks at the few points that
 * share them and not at all of them.
 */
export class RingSearch {
  readonly #points: RingPoints;
  readonly #narrow: boolean;
  readonly #shift: number;
  /** For each value of the top bits the first point not below it. */
  readonly #starts: Uint32Array;

  /** `bits` is the width of the hash that made the points. */
  constructor(points: RingPoints, bits: 32 | 64) {
    this.#points = points;
    this.#narrow = bits === 32;
    this.#shift = Math.max(8, Math.clz32(points.count));
    const top = this.#narrow ? points.lo : points.hi;
    const starts = new Uint32Array(2 ** (32 - this.#shift) + 1).fill(points.count);
    for (let i = points.count - 1; i >= 0; i -= 1) starts[(top[i] ?? 0) >>> this.#shift] = i;
    for (let i = starts.length - 2; i >= 0; i -= 1) {
      starts[i] = Math.min(starts[i] ?? 0, starts[i + 1] ?? 0);
    }
    this.#starts = starts;
  }

  /** Index of the first point at or after the unsigned words (hi, lo), wrapping around. */
  indexOf(hi: number, lo: number): number {
    const bucket = (this.#narrow ? lo : hi) >>> this.#shift;
    const first = this.#starts[bucket] ?? 0;
    const at = firstPoint(this.#points, hi, lo, first, this.#starts[bucket + 1] ?? 0);
    return at === this.#points.count ? 0 : at;
  }

  /** How many points a search that takes them one by one looks at for (hi, lo). */
  pointsSeen(hi: number, lo: number): number {
    const bucket = (this.#narrow ? lo : hi) >>> this.#shift;
    const first = this.#starts[bucket] ?? 0;
    return firstPoint(this.#points, hi, lo, first, this.#starts[bucket + 1] ?? 0) - first + 1;
  }
}
