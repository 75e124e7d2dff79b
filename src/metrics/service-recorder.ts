// Means of blocks: Law & Carson 1979, "A sequential procedure for determining the length of a
// steady-state simulation"; Student's t for the mean of so many.
import { present } from '../base/assert.ts';
import { sum } from '../base/statistics/moments.ts';
import { createHistogram, type Histogram } from '../base/histogram.ts';

/** Parts of the window; service times close together resemble each other, parts hardly do. */
const blocks = 20;
/** Of a rare operation so many blocks are taken together that each has a query. */
const groupings = [
  { together: 1, studentT: 2.093 },
  { together: 2, studentT: 2.262 },
  { together: 4, studentT: 2.776 },
] as const;

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

  /** Within which the mean lies with 95 %, in milliseconds; null of too few queries. */
  meanIntervalMs(operation: number): { readonly low: number; readonly high: number } | null {
    for (const { together, studentT } of groupings) {
      const counts = this.grouped(this.counts, operation, together);
      if (counts.includes(0)) continue;
      const totals = this.grouped(this.totalsNs, operation, together);
      const all = sum(counts);
      const mean = sum(totals) / all;
      // Groups have different numbers of queries: their residuals, not their means, are alike.
      const squares = sum(totals.map((total, i) => (total - mean * (counts[i] ?? 0)) ** 2));
      const groups = counts.length;
      const error = (Math.sqrt((groups / (groups - 1)) * squares) / all) * studentT;
      return { low: Math.max(0, mean - error) / 1e6, high: (mean + error) / 1e6 };
    }
    return null;
  }

  private grouped(values: Float64Array, operation: number, together: number): number[] {
    const { length } = this.byOperation;
    return Array.from({ length: blocks / together }, (_, group) => {
      let total = 0;
      for (let i = 0; i < together; i += 1) {
        total += values[(group * together + i) * length + operation] ?? 0;
      }
      return total;
    });
  }
}
