import type { RoutePlan } from '../route-plan.ts';
import type { OperationTrace } from './trace.ts';

/** Statements from this one on share a bit. */
const highestBit = 30;

/** Routes arrivals of a scenario with tables by what they do. */
export function tablePlan(trace: OperationTrace): RoutePlan {
  return new TablePlan(trace);
}

class TablePlan implements RoutePlan {
  readonly shardCount: number;
  private readonly trace: OperationTrace;
  /** Scratch: statements for each shard, all zero between calls. */
  private readonly masks: Int32Array;

  constructor(trace: OperationTrace) {
    this.trace = trace;
    this.shardCount = trace.shardCount;
    this.masks = new Int32Array(trace.shardCount);
  }

  get crossShard(): boolean {
    return this.trace.crossShard;
  }

  route(
    operation: number,
    tenant: number,
    row: number,
    shards: Int32Array,
    statements: Int32Array,
  ): number {
    const { trace, masks } = this;
    const fanOut = trace.open(operation, tenant, row);
    for (let step = 0; step < trace.stepCount; step += 1) {
      const bit = 1 << Math.min(trace.statementOf(step), highestBit);
      const count = trace.shardCountOf(step);
      for (let i = 0; i < count; i += 1) {
        const shard = trace.shardOf(step, i);
        masks[shard] = (masks[shard] ?? 0) | bit;
      }
    }
    for (let i = 0; i < fanOut; i += 1) {
      const shard = trace.shardAt(i);
      shards[i] = shard;
      statements[i] = masks[shard] ?? 0;
      masks[shard] = 0;
    }
    return fanOut;
  }
}
