import { median } from '../src/base/statistics/quantile.ts';
import { exactInterval, type ShareInterval } from '../src/gate/exact-interval.ts';

/** What a series of gates was run under, in the order in which they take turns. */
export const powerConditions = ['same', 'same, busy core', '10 % slower', '5 % slower'] as const;
export type PowerCondition = (typeof powerConditions)[number];

/** One gate of the series. */
export interface PowerRun {
  readonly condition: PowerCondition;
  /** From 0, within the condition. */
  readonly run: number;
  readonly status: 'pass' | 'regressed' | 'undecided' | 'missing';
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly controlRatio: number | null;
  readonly noise: number | null;
  readonly pairs: number;
  readonly looks: number;
  readonly elapsedMs: number;
  readonly startedAt: string;
  /** Of the machine over the last minute, when the run began. */
  readonly loadAverage: number;
}

export interface PowerRow {
  readonly condition: PowerCondition;
  readonly runs: number;
  readonly pass: number;
  readonly regressed: number;
  readonly undecided: number;
  readonly missing: number;
  /** 95 %, Clopper-Pearson. */
  readonly passShare: ShareInterval;
  readonly regressedShare: ShareInterval;
  /** Over the runs; null where none had one. */
  readonly medianRatio: number | null;
  readonly medianControlRatio: number | null;
  readonly medianElapsedMs: number;
  readonly reach: string;
  readonly reached: boolean;
}

interface Bound {
  readonly reach: string;
  readonly holds: (shares: { readonly pass: number; readonly regressed: number }) => boolean;
}

const bounds: Readonly<Record<PowerCondition, Bound>> = {
  same: {
    reach: 'regressed <= 1 %, pass >= 90 %',
    holds: ({ pass, regressed }) => regressed <= 0.01 && pass >= 0.9,
  },
  'same, busy core': {
    reach: 'regressed <= 1 %, pass >= 75 %',
    holds: ({ pass, regressed }) => regressed <= 0.01 && pass >= 0.75,
  },
  '10 % slower': {
    reach: 'regressed >= 95 %',
    holds: ({ regressed }) => regressed >= 0.95,
  },
  '5 % slower': { reach: 'pass 0 %', holds: ({ pass }) => pass === 0 },
};

/** One row for each condition that has runs. */
export function powerRows(runs: readonly PowerRun[]): PowerRow[] {
  return powerConditions.flatMap((condition) => {
    const own = runs.filter((run) => run.condition === condition);
    return own.length === 0 ? [] : [powerRow(condition, own)];
  });
}

function powerRow(condition: PowerCondition, runs: readonly PowerRun[]): PowerRow {
  const count = (status: PowerRun['status']): number =>
    runs.filter((run) => run.status === status).length;
  const [pass, regressed, missing] = [count('pass'), count('regressed'), count('missing')];
  const { reach, holds } = bounds[condition];
  const shares = { pass: pass / runs.length, regressed: regressed / runs.length };
  return {
    condition,
    runs: runs.length,
    pass,
    regressed,
    undecided: count('undecided'),
    missing,
    passShare: exactInterval(pass, runs.length),
    regressedShare: exactInterval(regressed, runs.length),
    medianRatio: medianOf(runs.map(({ ratio }) => ratio)),
    medianControlRatio: medianOf(runs.map(({ controlRatio }) => controlRatio)),
    medianElapsedMs: median(runs.map(({ elapsedMs }) => elapsedMs)),
    reach,
    reached: missing === 0 && holds(shares),
  };
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}
