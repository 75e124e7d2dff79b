import type { Verdict, VerdictStatus } from '../result/types.ts';
import type { ArrivalProcess } from '../scenario/types.ts';
import { drifting, type Drifts } from './drifting.ts';
import { empty, type EmptyOperation } from './empty.ts';
import { failing, type Failures } from './failing.ts';
import { littleLimit, type LittlesLaw } from './littles-law.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import { machineReasons } from './machine-reason.ts';
import { samplesFor } from './percentiles.ts';
import { fullLimit, saturated, type ShardPressure } from './saturation.ts';
import { ms, percent } from './wording.ts';

/** What a cell is judged by. Fractions are 0 to 1; null is what could not be measured. */
export interface Evidence {
  /** Each shard over the whole window, and over its last third. */
  readonly shards: readonly ShardPressure[];
  readonly lastThird: readonly ShardPressure[];
  /** Share of the time in which the CPU quota held each shard back; null without a quota. */
  readonly throttledFractions: readonly (number | null)[];
  readonly drifts: Drifts;
  /** What else the machine did, second by second; empty where it was not looked at. */
  readonly machine: readonly MachineSecond[];
  readonly arrivals: ArrivalProcess;
  readonly responseMsP99: number | null;
  readonly scheduleLagMsP99: number | null;
  /** null: there was no load generator, the cell was simulated. */
  readonly eventLoopUtilization: number | null;
  readonly little: LittlesLaw;
  /** Operations of the whole cell, failures included. */
  readonly operations: number;
  readonly failures: number;
  /** Outcomes by operation, and what is allowed. */
  readonly failing: Failures;
  readonly empty: readonly EmptyOperation[];
  /** How often the cell was measured. */
  readonly repeats: number;
}

/** Schedule lag p99 above this share of response p99: we measure ourselves. */
export const lagLimit = 0.5;
export const eventLoopLimit = 0.85;
export const throttledLimit = 0.01;
/** Fewer repeats than this cannot tell noise from a difference. */
export const repeatsNeeded = 3;

/** The first status that holds; the sentences of all others that hold follow as reasons. */
export function judge(evidence: Evidence): Verdict {
  const found: readonly [VerdictStatus, readonly string[]][] = [
    ['SATURATED', saturated(evidence.shards, evidence.lastThird)],
    ['FAILING', failing(evidence.failing)],
    ['EMPTY', empty(evidence.empty)],
    ['DRIFTING', withMachine(drifting(evidence.drifts), evidence)],
    ['GENERATOR-BOUND', withMachine(generatorBound(evidence), evidence)],
    ['TOO-FEW-SAMPLES', tooFewSamples(evidence)],
  ];
  const status = found.find(([, reasons]) => reasons.length > 0)?.[0] ?? 'VALID';
  const reasons = [...new Set(found.flatMap(([, own]) => own))];
  if (status === 'VALID') reasons.push(validReason(evidence));
  return { status, reasons: [...reasons, ...remarks(evidence)] };
}

/** Where times are not the shards' alone, what else ran on the machine may be why. */
function withMachine(reasons: readonly string[], { machine }: Evidence): readonly string[] {
  return reasons.length === 0 ? reasons : [...reasons, ...machineReasons(machine)];
}

function generatorBound(evidence: Evidence): string[] {
  // A full pool delays arrivals by itself: what looks like a slow generator is then the target.
  if (evidence.shards.some(({ fullFraction }) => fullFraction >= fullLimit)) return [];
  const { scheduleLagMsP99: lag, responseMsP99: response, eventLoopUtilization, little } = evidence;
  const reasons: string[] = [];
  if (lag !== null && response !== null && lag > lagLimit * response) {
    reasons.push(
      `Schedule lag p99 is ${ms(lag)}, more than ${percent(lagLimit)} of response p99 ` +
        `(${ms(response)}): the load generator is a large part of what was measured.`,
    );
  }
  if (eventLoopUtilization !== null && eventLoopUtilization > eventLoopLimit) {
    reasons.push(
      `The load generator's event loop was busy ${percent(eventLoopUtilization)} of the time ` +
        `(limit ${percent(eventLoopLimit)}): it could not have sent much more.`,
    );
  }
  if (little.contradicted && little.sampled !== null && little.computed !== null) {
    reasons.push(
      `Little's law is off by more than ${percent(littleLimit)}: ${little.sampled.toFixed(2)} ` +
        `operations were in flight as sampled, ${little.computed.toFixed(2)} as throughput x ` +
        'mean response time says: the run contradicts itself.',
    );
  }
  return reasons;
}

/** Also where enough were offered but the p99 falls among those that failed. */
function tooFewSamples({ operations, failures, responseMsP99 }: Evidence): string[] {
  if (operations >= samplesFor.p99) {
    if (responseMsP99 !== null || failures === 0) return [];
    return [
      `${failures} of ${operations} operations (${percent(failures / operations)}) failed, timed ` +
        'out or were dropped, more than 1 %: the p99 falls among them and is not known.',
    ];
  }
  return [
    `${operations} operations are too few for a p99, which needs ${samplesFor.p99}: run longer ` +
      'or at a higher rate.',
  ];
}

function validReason({ operations, shards, eventLoopUtilization }: Evidence): string {
  const fullest = Math.max(0, ...shards.map(({ fullFraction }) => fullFraction));
  const pools = `no shard had all connections busy more than ${percent(fullest)} of the time`;
  if (eventLoopUtilization === null) {
    return `${operations} simulated operations; ${pools}. The times follow from a model.`;
  }
  return (
    `${operations} operations; ${pools}, and the load generator was busy ` +
    `${percent(eventLoopUtilization)} of it.`
  );
}

/** What no status follows from but a reader must know. */
function remarks(evidence: Evidence): string[] {
  const { throttledFractions, operations, failures, repeats, responseMsP99, arrivals } = evidence;
  const reasons: string[] = [];
  if (failures > 0 && responseMsP99 !== null) {
    reasons.push(
      `${failures} of ${operations} operations (${percent(failures / operations)}) failed, timed ` +
        'out or were dropped; they count as slower than every success.',
    );
  }
  if (arrivals.process === 'ramp') {
    reasons.push(
      `The offered rate went from ${arrivals.fromPerSecond}/s to ${arrivals.toPerSecond}/s, so no ` +
        'percentile over the whole window is given: each second has its own.',
    );
  }
  reasons.push(...throttled(throttledFractions));
  if (repeats < repeatsNeeded) {
    reasons.push(
      `Noise was not checked: that takes ${repeatsNeeded} runs, so latencies are not ranked.`,
    );
  }
  return reasons;
}

const shardsNamed = 4;

/** One sentence, however many shards; the worst are named. */
function throttled(fractions: readonly (number | null)[]): string[] {
  const held = fractions
    .map((fraction, shard) => ({ shard, fraction: fraction ?? 0 }))
    .filter(({ fraction }) => fraction > throttledLimit)
    .toSorted((a, b) => b.fraction - a.fraction);
  if (held.length === 0) return [];
  const named = held.slice(0, shardsNamed).map(({ shard, fraction }) => {
    return `shard ${shard} (${percent(fraction)})`;
  });
  const others = held.length - named.length;
  const list = [...named, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  const whose = held.length === 1 ? 'Its' : 'Their';
  return [
    `The CPU quota held back ${list} in more than ${percent(throttledLimit)} of the scheduler's ` +
      `periods. ${whose} slowest answers show the quota, not the strategy.`,
  ];
}
