import { quantileSorted } from '../base/statistics/quantile.ts';
import type { Uncertain } from '../scenario/growth-types.ts';
import type { MeasuredCandidate, Setting } from './candidate-figures.ts';
import { sortedDraws } from './sorted-draws.ts';
import { effectiveShards } from './work.ts';

export interface Band {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
}

/** Months until something is full; null: not within the horizon. */
export interface MonthsAhead {
  /** When growth is as fast as in one of ten futures. */
  readonly fast: number | null;
  /** By the trend as it is stated. */
  readonly trend: number | null;
}

/** Normal deviate of the ninth of ten futures. */
const fastDeviate = 1.2815515655446004;

/** Until `now` has grown to `allowed`, in the same unit. */
export function monthsUntil(
  now: number,
  allowed: number,
  { value, spread }: Uncertain,
  horizonMonths: number,
): MonthsAhead {
  const at = (growth: number): number | null => {
    if (now >= allowed) return 0;
    const months = growth > 0 ? Math.log(allowed / now) / Math.log1p(growth) : Infinity;
    return months <= horizonMonths ? months : null;
  };
  return { fast: at(value + fastDeviate * spread), trend: at(value) };
}

/** What of two things comes first. */
export function sooner(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** Longer is better, and never is the longest. */
export const monthsOrEver = (months: number | null): number => months ?? Infinity;

/** What a candidate does, over its placements. */
export interface Outlook {
  /** Databases whose work its shards do. */
  readonly effective: Band;
  /** max/mean of the load of its shards. */
  readonly maxOverMean: Band;
  /** Operations of the mix a second; null where no capacity is known. */
  readonly capacityQps: Band | null;
  /** Against the present instance; by the assumed share of it where no capacity is known. */
  readonly capacityRatio: Band;
  /** Of a placement that is as bad as one in twenty; null where no capacity is known. */
  readonly months: MonthsAhead | null;
}

export function outlookOf(candidate: MeasuredCandidate, setting: Setting): Outlook {
  const { placed, work, shardCount } = candidate;
  const largest = sortedDraws(placed.largest);
  // The more lies on the fullest shard, the less they do.
  const band = (of: (largest: number) => number): Band => {
    const [low, middle, high] = [0.95, 0.5, 0.05].map((p) => of(quantileSorted(largest, p)));
    return { p5: low ?? 0, p50: middle ?? 0, p95: high ?? 0 };
  };
  const effective = band((part) => effectiveShards(work, shardCount, part));
  const scaled = (factor: number): Band => ({
    p5: effective.p5 * factor,
    p50: effective.p50 * factor,
    p95: effective.p95 * factor,
  });
  const { capacity, now, trends, utilisation, diskBytes, horizonMonths } = setting;
  const ratios = band((part) => part * shardCount);
  const capacityQps = capacity === null ? null : scaled(capacity.shard);
  const byBytes = monthsUntil(
    now.bytes * placed.bytes.p95,
    utilisation * diskBytes,
    trends.bytes,
    horizonMonths,
  );
  const byLoad =
    capacityQps === null
      ? null
      : monthsUntil(now.qps, utilisation * capacityQps.p5, trends.load, horizonMonths);
  return {
    effective,
    maxOverMean: { p5: ratios.p95, p50: ratios.p50, p95: ratios.p5 },
    capacityQps,
    capacityRatio: scaled(setting.capacityShare),
    months: byLoad && {
      fast: sooner(byLoad.fast, byBytes.fast),
      trend: sooner(byLoad.trend, byBytes.trend),
    },
  };
}
