import type { CapacityStep, StepShard } from '../../result/capacity-step.ts';
import type { Unworded } from '../../result/finding.ts';
import type { Cell, ShardResult } from '../../result/types.ts';
import type { StepPurpose } from './capacity-search.ts';
import type { JudgedWindow } from './judged-window.ts';

interface MeasuredWindow {
  readonly cell: Cell;
  readonly judged: JudgedWindow;
  readonly rateQps: number;
  readonly purpose: StepPurpose;
  readonly durationMs: number;
}

/** A window as the document has it: of its cell what says how near to its limits each shard is. */
export function measuredStep(window: MeasuredWindow): Omit<Unworded<CapacityStep>, 'verdict'> {
  const { cell, judged, rateQps, purpose, durationMs } = window;
  const { load, overall, generator } = cell;
  const { p50 = null, p95 = null, p99 = null, mean = null } = overall?.responseMs ?? {};
  const { arrivals = 0, ok = 0, offeredQps = 0, acceptedQps = 0 } = load ?? {};
  return {
    rateQps,
    purpose,
    startedAt: cell.startedAt,
    durationMs,
    offeredQps,
    acceptedQps,
    arrivals,
    failures: arrivals - ok,
    responseMs: { p50, p95, p99, mean },
    outcome: judged.outcome,
    isClear: judged.isClear,
    machineTaken: judged.machineTaken,
    objectives: [...judged.objectives],
    shards: cell.shards.map(stepShard),
    operations: cell.operations.map(({ operation, routing, serviceMs }) => ({
      operation,
      routing,
      serviceMs,
    })),
    generator: generator && {
      cpuFraction: generator.cpuFraction,
      eventLoopUtilization: generator.eventLoopUtilization,
      scheduleLagMsP99: generator.scheduleLagMs.p99,
      busiest: generator.busiest ?? [],
    },
  };
}

function stepShard(shard: ShardResult): StepShard {
  const { writeQps, readQps, responseMs, serviceMs, pool, throttledFraction, rows } = shard;
  const { p50, p99, mean } = responseMs;
  return {
    shard: shard.shard,
    writeQps,
    readQps,
    // Of a shard whose failures hide the mean, that of its successes says how slow it was.
    responseMs: { p50, p99, mean: mean ?? responseMs.ok.mean },
    serviceMsMean: serviceMs.mean,
    queueWaitMs: pool.waitMs,
    maxQueued: pool.maxQueued,
    fullFraction: pool.fullFraction,
    busyFraction: (((writeQps + readQps) / pool.max) * (serviceMs.mean ?? 0)) / 1000,
    throttledFraction,
    rows,
    byOperation: shard.byOperation,
  };
}
