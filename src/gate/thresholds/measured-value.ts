import type { Aggregate } from '../../base/thresholds/threshold-types.ts';

/** Why a number that a limit asks for is not known: codes of facts. */
export type Unknown =
  | 'limit-no-samples'
  | 'limit-too-few-samples'
  | 'limit-among-failures'
  | 'limit-unknown-with-failures'
  | 'limit-not-measured';

export interface MeasuredValue {
  readonly value: number | null;
  /** null where there is a value. */
  readonly unknown: Unknown | null;
  /** Times that it is of, failures included; null where it is of something else. */
  readonly samples: number | null;
}

/** Successes by time, failures by number. */
export interface Times {
  readonly count: number;
  readonly failures: number;
  readonly meanMs: number | null;
  readonly maxMs: number | null;
  /** Smallest time that this percentage (0 to 100) of the successes does not exceed. */
  percentileMs(percentile: number): number;
}

export const known = (value: number | null, samples: number | null = null): MeasuredValue =>
  value === null
    ? { value, unknown: 'limit-not-measured', samples }
    : { value, unknown: null, samples };

/**
 * One number of times. Failures rank behind every success: a percentile among them is not known,
 * and with any of them neither mean nor maximum is.
 */
export function valueOfTimes(times: Times, { name, percentile }: Aggregate): MeasuredValue {
  const samples = times.count + times.failures;
  const not = (unknown: Unknown): MeasuredValue => ({ value: null, unknown, samples });
  if (samples === 0) return not('limit-no-samples');
  if (name === 'min') {
    return times.count === 0 ? not('limit-among-failures') : known(times.percentileMs(0), samples);
  }
  if (name === 'avg' || name === 'max') {
    if (times.failures > 0) return not('limit-unknown-with-failures');
    return known(name === 'avg' ? times.meanMs : times.maxMs, samples);
  }
  const asked = Math.round((percentile ?? 50) * perPercent);
  if (samples < samplesNeeded(percentile ?? 50)) return not('limit-too-few-samples');
  // Whole numbers keep the rank exact.
  const rank = Math.ceil((samples * asked) / whole);
  if (rank > times.count) return not('limit-among-failures');
  return known(times.percentileMs((rank / times.count) * 100), samples);
}

/** A percentile has four decimals at most. */
const perPercent = 10_000;
const whole = 100 * perPercent;

/** So many that 10 lie on either side: 1,000 for a p99. */
export function samplesNeeded(percentile: number): number {
  const asked = Math.round(percentile * perPercent);
  return Math.ceil((10 * whole) / Math.min(asked, whole - asked));
}

/** Shares and numbers of failures of the same operations. */
export function valueOfErrors(
  { count, failures }: Pick<Times, 'count' | 'failures'>,
  { name }: Aggregate,
): MeasuredValue {
  return shareOf(failures, count + failures, name);
}

export function shareOf(part: number, all: number, name: Aggregate['name']): MeasuredValue {
  if (all === 0) return { value: null, unknown: 'limit-no-samples', samples: 0 };
  return known(name === 'count' ? part : part / all, all);
}
