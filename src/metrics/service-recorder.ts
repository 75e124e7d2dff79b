import { present } from '../base/assert.ts';
import { createHistogram, type Histogram } from '../base/histogram.ts';
import type { ServiceSamples } from './cell-samples.ts';
import { blocks } from './service-interval.ts';

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
    const place = this.place(block, operation);
    this.totalsNs[place] = (this.totalsNs[place] ?? 0) + serviceNs;
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }

  samples(operation: number): ServiceSamples {
    const ofBlocks = (values: Float64Array): Float64Array => {
      const at = (_: unknown, block: number): number => values[this.place(block, operation)] ?? 0;
      return Float64Array.from({ length: blocks }, at);
    };
    return {
      times: present(this.byOperation[operation], 'operation').counts(),
      countByBlock: ofBlocks(this.counts),
      totalNsByBlock: ofBlocks(this.totalsNs),
    };
  }

  private place(block: number, operation: number): number {
    return block * this.byOperation.length + operation;
  }
}
