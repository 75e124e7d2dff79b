import type { PressureSamples } from './cell-samples.ts';
import { ninths } from './shard-pressure.ts';

/**
 * How full one shard was, how long its queue, and what it turned away, over the course of the
 * window.
 */
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

  samples(): PressureSamples {
    const { looks, full, queued, queries, refused, expired } = this;
    return { looks, full, queued, queries, refused, expired };
  }

  /** What ends after the window belongs to its last part. */
  private ninthOf(nowNs: number): number {
    return Math.min(ninths - 1, Math.floor((ninths * nowNs) / this.windowNs));
  }
}

function add(counts: Float64Array, place: number, count: number): void {
  counts[place] = (counts[place] ?? 0) + count;
}
