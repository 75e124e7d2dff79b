import type { RepeatResult } from '../result/repeat.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { comparedCells } from '../study/cells/run-comparison.ts';
import { distributionAround, mix, responseAround } from './sample-cell-plans.ts';
import { sampleResult } from './sample-result.ts';

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

/** Small deviations that differ from repeat to repeat, the same for all cells of a round. */
const weather = [1, 1.04, 0.98, 1.1, 1.01, 0.97, 1.05, 1.02, 0.99, 1.03];

/**
 * The sample result as if its cells had been measured in so many repeats. The second strategy is
 * half as slow again, all others are alike.
 */
export function repeatedResult(repeats: number): RunResult {
  const result = sampleResult();
  const cells = result.cells.map((cell, index): Cell => {
    const own = Array.from({ length: repeats }, (_, repeat) => repeatOfCell(index, repeat));
    return { ...cell, repeats: own };
  });
  return { ...result, ...comparedCells(cells) };
}

function repeatOfCell(index: number, repeat: number): RepeatResult {
  const own = 1 + 0.01 * (((3 * index + 7 * repeat) % 5) - 2);
  const factor = own * (weather[repeat % weather.length] ?? 1) * (index === 1 ? 1.5 : 1);
  return repeatOf({
    repeat,
    turn: 7 * repeat + ((index + repeat) % 7),
    operations: mix.map(({ operation, share }) => ({
      operation,
      serviceMsP50: 1.9 * factor,
      count: Math.round(4000 * share),
    })),
  });
}
