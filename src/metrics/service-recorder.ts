// Means of blocks: Law & Carson 1979, "A sequential procedure for determining the length of a
// steady-state simulation"; Student's t for the mean of so many.
import { present } from '../base/assert.ts';
import { createHistogram, type Histogram } from '../base/histogram.ts';

/** Parts of the window; service times close together resemble each other, parts hardly do. */
const blocks = 20;
/** Student's t, 97.5 %, one degree of freedom fewer than blocks. */
const studentT = 2.093;

/**
 * Service times of successful shard queries by operation, all shards together. Flat in memory, and
 * recording allocates nothing.
 */
export class ServiceRecorder {
  readonly byOperation: readonly Histogram[];
  private readonly blockNs: number;
  /** By block and operation. */
  private readonly totalsNs: Float64Array;
  private readonly counts: Float64Array;

  constructor(operations: number, windowNs: number) {
    this.byOperation = Array.from({ length: operations }, createHistogram);
    this.blockNs = windowNs / blocks;
    this.totalsNs = new Float64Array(blocks * operations);
    this.counts = new Float64Array(blocks * operations);
  }

  record(operation: number, serviceNs: number, finishedNs: number): void {
    present(this.byOperation[operation], 'operation').record(serviceNs);
    // What ends after the window was begun in its last part.
    const block = Math.min(blocks - 1, Math.floor(finishedNs / this.blockNs));
    const place = block * this.byOperation.length + operation;
    this.totalsNs[place] = (this.totalsNs[place] ?? 0) + serviceNs;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }

  /** Within which the mean lies with 95 %, in milliseconds; null where a block has no query. */
  meanIntervalMs(operation: number): { readonly low: number; readonly high: number } | null {
    const { length } = this.byOperation;
    const places = Array.from({ length: blocks }, (_, block) => block * length + operation);
    const counts = places.map((place) => this.counts[place] ?? 0);
    if (counts.includes(0)) return null;
    const totals = places.map((place) => this.totalsNs[place] ?? 0);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const mean = totals.reduce((sum, total) => sum + total, 0) / all;
    // Blocks have different numbers of queries: their residuals, not their means, are alike.
    const squares = totals.reduce(
      (sum, total, block) => sum + (total - mean * (counts[block] ?? 0)) ** 2,
      0,
    );
    const error = (Math.sqrt((blocks / (blocks - 1)) * squares) / all) * studentT;
    return { low: Math.max(0, mean - error) / 1e6, high: (mean + error) / 1e6 };
  }
}
