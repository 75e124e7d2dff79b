import type { BusyProgram } from '../result/busy-program.ts';
import { type Fact, fact } from '../result/finding.ts';
import { numbered } from '../result/numbered.ts';
import type { VerdictStatus } from '../result/types.ts';
import type { ArrivalProcess } from '../scenario/types.ts';
import { drifting, type Drifts } from './drifting.ts';
import { empty, type EmptyOperation } from './empty.ts';
import { failing, type Failures } from './failing.ts';
import { littleLimit, type LittlesLaw } from './littles-law.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import { machineReasons } from './machine-reason.ts';
import { samplesFor } from './percentiles.ts';
import { type Disagreement, noisy, repeatsNeeded } from './repeats-disagree.ts';
import { fullLimit, saturated, type ShardPressure } from './saturation.ts';

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
  /** Other programs that used most, as far as they are known; the busiest first. */
  readonly busiest: readonly BusyProgram[];
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
  /** Parts in which the window was measured. */
  readonly repeats: number;
  /** How far these are from each other; null where they agree, or are too few. */
  readonly disagreement: Disagreement | null;
}

/** Schedule lag p99 above this share of response p99: we measure ourselves. */
export const lagLimit = 0.5;
export const eventLoopLimit = 0.85;
export const throttledLimit = 0.01;

/** A verdict whose reasons have no sentences yet; places are within the cell. */
export interface Judgement {
  readonly status: VerdictStatus;
  readonly reasons: readonly Fact[];
}

/** The first status that holds; what else holds follows as reasons. */
export function judge(evidence: Evidence): Judgement {
  const machine = machineReasons(evidence.machine, evidence.busiest);
  // Where times are not the shards' alone, what else ran on the machine may be why.
  const withMachine = (facts: readonly Fact[]): readonly Fact[] =>
    facts.length === 0 ? facts : [...facts, ...machine];
  const found: readonly [VerdictStatus, readonly Fact[]][] = [
    ['SATURATED', withMachine(saturated(evidence.shards, evidence.lastThird))],
    ['FAILING', withMachine(failing(evidence.failing))],
    ['EMPTY', empty(evidence.empty)],
    ['DRIFTING', withMachine(drifting(evidence.drifts))],
    ['GENERATOR-BOUND', withMachine(generatorBound(evidence))],
    ['TOO-FEW-SAMPLES', tooFewSamples(evidence)],
    ['NOISY', withMachine(noisy(evidence.disagreement))],
  ];
  const status = found.find(([, reasons]) => reasons.length > 0)?.[0] ?? 'VALID';
  const reasons = [...new Set(found.flatMap(([, own]) => own))];
  if (status === 'VALID') reasons.push(validReason(evidence));
  return { status, reasons: [...reasons, ...remarks(evidence)] };
}

function generatorBound(evidence: Evidence): Fact[] {
  // A full pool delays arrivals by itself: what looks like a slow generator is then the target.
  if (evidence.shards.some(({ fullFraction }) => fullFraction >= fullLimit)) return [];
  const { scheduleLagMsP99: lag, responseMsP99: response, eventLoopUtilization, little } = evidence;
  const facts: Fact[] = [];
  const bound = (code: string, numbers: Fact['numbers'], place: string): void => {
    facts.push(fact(code, { severity: 'error', numbers, place }));
  };
  if (lag !== null && response !== null && lag > lagLimit * response) {
    const numbers = { scheduleLagMsP99: lag, responseMsP99: response, limitFraction: lagLimit };
    bound('schedule-lag', numbers, '/generator/scheduleLagMs');
  }
  if (eventLoopUtilization !== null && eventLoopUtilization > eventLoopLimit) {
    const numbers = { busyFraction: eventLoopUtilization, limitFraction: eventLoopLimit };
    bound('event-loop-busy', numbers, '/generator/eventLoopUtilization');
  }
  if (little.contradicted && little.sampled !== null && little.computed !== null) {
    const { sampled, computed } = little;
    bound('little-contradicted', { sampled, computed, limitFraction: littleLimit }, littlePlace);
  }
  return facts;
}

const littlePlace = '/generator/little';

/** Also where enough were offered but the p99 falls among those that failed. */
function tooFewSamples({ operations, failures, responseMsP99 }: Evidence): Fact[] {
  const few = operations < samplesFor.p99;
  if (!few && (responseMsP99 !== null || failures === 0)) return [];
  return [
    fact(few ? 'too-few-operations' : 'p99-among-failures', {
      severity: 'error',
      numbers: few ? { operations, needed: samplesFor.p99 } : { operations, failures },
      place: '/load',
    }),
  ];
}

function validReason({ operations, shards, eventLoopUtilization: busy }: Evidence): Fact {
  const fullFraction = Math.max(0, ...shards.map((shard) => shard.fullFraction));
  return fact(busy === null ? 'valid-simulation' : 'valid-measurement', {
    numbers: { operations, fullFraction, busyFraction: busy },
  });
}

/** What no status follows from but a reader must know. */
function remarks(evidence: Evidence): Fact[] {
  const { throttledFractions, operations, failures, repeats, responseMsP99, arrivals } = evidence;
  const facts: Fact[] = [];
  if (failures > 0 && responseMsP99 !== null) {
    const numbers = { operations, failures };
    facts.push(fact('operations-failed', { severity: 'warning', numbers, place: '/load' }));
  }
  if (arrivals.process === 'ramp') {
    const { fromPerSecond, toPerSecond } = arrivals;
    const numbers = { fromPerSecond, toPerSecond };
    facts.push(fact('rate-ramped', { numbers, place: '/overall' }));
  }
  facts.push(...throttled(throttledFractions));
  if (repeats < repeatsNeeded) {
    const numbers = { repeats, repeatsNeeded };
    facts.push(fact('noise-unchecked', { numbers }));
  }
  return facts;
}

/** One fact, however many shards there are; the worst come first. */
function throttled(fractions: readonly (number | null)[]): Fact[] {
  const held = fractions
    .map((fraction, shard) => ({ shard, fraction: fraction ?? 0 }))
    .filter(({ fraction }) => fraction > throttledLimit)
    .toSorted((a, b) => b.fraction - a.fraction);
  const [worst] = held;
  if (worst === undefined) return [];
  const shards = held.map(({ shard }) => shard);
  const heldBack = held.map(({ fraction }) => fraction);
  return [
    fact('cpu-throttled', {
      severity: 'warning',
      numbers: {
        limitFraction: throttledLimit,
        ...numbered('shard', shards),
        ...numbered('heldFraction', heldBack),
      },
      place: `/shards/${worst.shard}/throttledFraction`,
    }),
  ];
}
