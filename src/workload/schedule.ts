// Çinlar 1975: the arrivals of a Poisson process are those of a unit-rate one at inverted
// cumulated rates, exactly, for any course of the rate.
import { assert } from '../base/assert.ts';
import type { ArrivalProcess } from '../scenario/types.ts';

/** When arrivals are due, by how many are expected until then. */
export interface Schedule {
  /** Whether one comes at each whole expectation; otherwise they are Poisson. */
  readonly even: boolean;
  /** Nanoseconds until `expected` arrivals are expected; Infinity if there never are so many. */
  readonly timeOf: (expected: number) => number;
}

const nsPerSecond = 1e9;
const nsPerMs = 1e6;

export function scheduleOf(arrivals: ArrivalProcess, durationNs: number): Schedule {
  switch (arrivals.process) {
    case 'constant':
      return { even: true, timeOf: steady(arrivals.ratePerSecond) };
    case 'poisson':
      return { even: false, timeOf: steady(arrivals.ratePerSecond) };
    case 'burst':
      return { even: false, timeOf: bursts(arrivals) };
    case 'ramp': {
      const { fromPerSecond, toPerSecond } = arrivals;
      return { even: false, timeOf: ramp(fromPerSecond, toPerSecond, durationNs) };
    }
  }
}

function steady(ratePerSecond: number): Schedule['timeOf'] {
  assert(ratePerSecond > 0, `a rate of ${ratePerSecond}/s`);
  return (expected) => (expected * nsPerSecond) / ratePerSecond;
}

function bursts(burst: Extract<ArrivalProcess, { process: 'burst' }>): Schedule['timeOf'] {
  const { onPerSecond, offPerSecond, onMs, offMs } = burst;
  const inOn = (onPerSecond * onMs) / 1000;
  const inCycle = inOn + (offPerSecond * offMs) / 1000;
  const cycleNs = (onMs + offMs) * nsPerMs;
  assert(inCycle > 0, 'bursts without arrivals');
  return (expected) => {
    const cycles = Math.floor(expected / inCycle);
    const rest = expected - cycles * inCycle;
    const within =
      rest <= inOn && inOn > 0
        ? (rest / onPerSecond) * nsPerSecond
        : onMs * nsPerMs + ((rest - inOn) / offPerSecond) * nsPerSecond;
    return cycles * cycleNs + within;
  };
}

/** Solves a t + (b - a) t^2 / 2d = expected, in the form that is stable for a near b and a = 0. */
function ramp(from: number, to: number, durationNs: number): Schedule['timeOf'] {
  const perNs = from / nsPerSecond;
  const slope = (to - from) / nsPerSecond / durationNs;
  return (expected) => {
    const square = perNs * perNs + 2 * slope * expected;
    if (expected === 0) return 0;
    return square < 0 ? Infinity : (2 * expected) / (perNs + Math.sqrt(square));
  };
}

/**
 * How many arrivals a phase is expected to have: their number where they are even, else its mean.
 */
export function expectedArrivals(arrivals: ArrivalProcess, durationMs: number): number {
  const seconds = durationMs / 1000;
  switch (arrivals.process) {
    case 'constant':
    case 'poisson':
      return arrivals.ratePerSecond * seconds;
    case 'burst': {
      const { onPerSecond, offPerSecond, onMs, offMs } = arrivals;
      const cycles = Math.floor(durationMs / (onMs + offMs));
      const rest = durationMs - cycles * (onMs + offMs);
      const on = cycles * onMs + Math.min(rest, onMs);
      return (onPerSecond * on + offPerSecond * (durationMs - on)) / 1000;
    }
    case 'ramp': {
      const { fromPerSecond, toPerSecond } = arrivals;
      return ((fromPerSecond + toPerSecond) / 2) * seconds;
    }
  }
}
