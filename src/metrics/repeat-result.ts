import { present } from '../base/assert.ts';
import { type HistogramCounts, mergeCounts } from '../base/histogram-counts.ts';
import { histogramOf } from '../base/histogram.ts';
import { mean } from '../base/statistics/moments.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import type { RepeatResult } from '../result/repeat.ts';
import { arrivalsOf } from './cell-samples.ts';
import { distributionMs, responseDistributionMs, timedMs } from './percentiles.ts';
import type { PhaseRecord } from './phase-record.ts';

/** When a part of the window had its turn. */
type RepeatTurn = Pick<RepeatResult, 'repeat' | 'turn' | 'startedAt'>;

/** The percentiles of one part of a cell's window. */
export function repeatResult(
  { samples, generator }: PhaseRecord,
  operations: readonly { readonly name: string }[],
  turn: RepeatTurn,
): RepeatResult {
  const seconds = samples.windowNs / 1e9;
  const services = samples.operations.map(({ service }) => service.times);
  return {
    ...turn,
    durationMs: samples.windowNs / 1e6,
    offeredQps: arrivalsOf(samples) / seconds,
    acceptedQps: samples.okInWindow / seconds,
    responseMs: timedMs(samples.overall),
    serviceMs: distributionOf(services.reduce(mergeCounts)),
    operations: samples.operations.map(({ response, service }, index) => ({
      operation: present(operations[index], 'operation').name,
      responseMs: timedMs(response),
      serviceMs: distributionOf(service.times),
    })),
    shards: samples.shards.map(({ response, errors, timeouts, dropped }, shard) => ({
      shard,
      responseMs: responseDistributionMs(histogramOf(response), errors + timeouts + dropped),
    })),
    machine: machineOf(generator?.machine ?? []),
  };
}

const distributionOf = (counts: HistogramCounts) => distributionMs(histogramOf(counts));

function machineOf(seconds: readonly MachineSecond[]): RepeatResult['machine'] {
  const meanOf = (value: (second: MachineSecond) => number | null): number | null => {
    const known = seconds.map(value).filter((each) => each !== null);
    return known.length === 0 ? null : mean(known);
  };
  return {
    foreignFraction: meanOf(({ foreignFraction }) => foreignFraction),
    stealFraction: meanOf(({ stealFraction }) => stealFraction),
  };
}
