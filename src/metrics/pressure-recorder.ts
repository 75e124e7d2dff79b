import type { ShardPressure, Thirds } from './saturation.ts';

/** Thirds of thirds: a window is judged as a whole, and its last third once more by itself. */
const ninths = 9;

/** How full one shard was, how long its queue, and what it turned away, over the course of the window. */
export class PressureRecorder {
  private readonly windowNs: number;
  private readonly looks = new Float64Array(ninths);
  private readonly full = new Float64Array(ninths);
  private readonly queued = new Float64Array(ninths);
  private readonly queries = new Float64Array(ninths);
  private readonly refused = new Float64Array(ninths);
  private readonly expired = new Float64Array(ninths);

  constructor(windowNs: number) {
    this.windowNs = windowNs;
  }

  /** A look at the pool, at a fixed period. */
  looked(nowNs: number, full: boolean, queued: number): void {
    const ninth = this.ninthOf(nowNs);
    add(this.looks, ninth, 1);
    add(this.full, ninth, full ? 1 : 0);
    add(this.queued, ninth, queued);
  }

  /** `expired`: it has timed out while it waited for a connection. */
  ended(nowNs: number, expired: boolean): void {
    const ninth = this.ninthOf(nowNs);
    add(this.queries, ninth, 1);
    if (expired) add(this.expired, ninth, 1);
  }

  dropped(nowNs: number): void {
    const ninth = this.ninthOf(nowNs);
    add(this.queries, ninth, 1);
    add(this.refused, ninth, 1);
  }

  whole(shard: number): ShardPressure {
    return this.between(shard, 0, 3);
  }

  lastThird(shard: number): ShardPressure {
    return this.between(shard, 6, 1);
  }

  /** Three parts of so many ninths each, from this one on. */
  private between(shard: number, from: number, length: number): ShardPressure {
    const sum = (counts: Float64Array, part: number): number => {
      const start = from + part * length;
      return counts.slice(start, start + length).reduce((total, count) => total + count, 0);
    };
    const all = (counts: Float64Array): number => sum(counts, 0) + sum(counts, 1) + sum(counts, 2);
    const each = (counts: Float64Array, of: Float64Array): Thirds => {
      const ratio = (part: number): number => sum(counts, part) / Math.max(1, sum(of, part));
      return [ratio(0), ratio(1), ratio(2)];
    };
    return {
      shard,
      fullFraction: all(this.full) / Math.max(1, all(this.looks)),
      dropped: all(this.refused) + all(this.expired),
      queuedByThird: each(this.queued, this.looks),
      droppedByThird: each(this.refused, this.queries),
    };
  }

  /** What ends after the window belongs to its last part. */
  private ninthOf(nowNs: number): number {
    return Math.min(ninths - 1, Math.floor((ninths * nowNs) / this.windowNs));
  }
}

function add(counts: Float64Array, place: number, count: number): void {
  counts[place] = (counts[place] ?? 0) + count;
}
