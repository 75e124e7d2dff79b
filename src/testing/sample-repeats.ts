import type { RepeatResult } from '../result/repeat.ts';
import { distributionAround, responseAround } from './sample-cell-plans.ts';

/** What a made-up repeat is like: medians of the service time in ms, and queries, by operation. */
export interface RepeatPlan {
  readonly repeat: number;
  readonly turn: number;
  readonly operations: readonly {
    readonly operation: string;
    readonly serviceMsP50: number;
    readonly count: number;
    /** So many failed that a percentile falls among them. */
    readonly censored?: boolean;
  }[];
}

/** A repeat whose response times are a tenth above its service times. */
export function repeatOf({ repeat, turn, operations }: RepeatPlan): RepeatResult {
  const count = operations.reduce((sum, one) => sum + one.count, 0);
  const weighted = operations.reduce((sum, one) => sum + one.count * one.serviceMsP50, 0);
  const p50 = count === 0 ? 0 : weighted / count;
  const censored = operations.some((one) => one.censored === true);
  return {
    repeat,
    turn,
    startedAt: new Date(Date.UTC(2026, 10, 21, 9, 30) + turn * 6000).toISOString(),
    durationMs: 5000,
    offeredQps: count / 5,
    acceptedQps: count / 5,
    responseMs: { ...responseAround(1.1 * p50, count), censored },
    serviceMs: distributionAround(p50, count),
    operations: operations.map((one) => ({
      operation: one.operation,
      responseMs: {
        ...responseAround(1.1 * one.serviceMsP50, one.count),
        censored: one.censored === true,
      },
      serviceMs: distributionAround(one.serviceMsP50, one.count),
    })),
    shards: [],
    machine: { foreignFraction: 0.02, stealFraction: 0 },
  };
}
