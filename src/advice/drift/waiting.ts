import type { WaitingFacts } from '../../result/advice-drift.ts';
import { fact } from '../../result/finding.ts';
import type { MoveLimits } from '../../scenario/growth-types.ts';
import type { MeasuredCandidate, Setting } from '../candidate-figures.ts';
import type { Stay } from '../instance.ts';

const secondsPerHour = 3600;
/** 365 days a year. */
const hoursPerMonth = 730;

/**
 * How long one instance leaves to begin: until what is left of its months is what the move takes,
 * which grows with the bytes. null: it is full never, as far as is looked.
 */
export function waitingFor(
  { candidate, setting }: { readonly candidate: MeasuredCandidate; readonly setting: Setting },
  stay: Stay,
  moves: MoveLimits,
): WaitingFacts | null {
  if (stay.first === null) return null;
  const { fast, trend } = stay.first.months;
  const { trends, now, leadMonths, instanceCost } = setting;
  const copyAfter = (months: number, growth: number): number =>
    // What was copied is read again.
    (2 * now.bytes * (1 + growth) ** months) / moves.throttleBytesPerSecond / secondsPerHour;
  const soakHours = moves.soakMs / 1000 / secondsPerHour;
  const growth = trends.bytes.value;
  const moveAfter = (months: number): number =>
    Math.max(leadMonths, (copyAfter(months, growth) + soakHours) / hoursPerMonth);
  const startMonths = {
    fast: fast === null ? null : latestStart(fast, moveAfter),
    trend: trend === null ? null : latestStart(trend, moveAfter),
  };
  // By the trend it may be full after the horizon, and within it only when growth is fast.
  const start = startMonths.trend ?? startMonths.fast;
  const facts = {
    fullMonths: { fast, trend },
    startMonths,
    moveMonths: { now: moveAfter(0), latest: start === null ? null : moveAfter(start) },
    lateMonths: Math.max(0, moveAfter(0) - (trend ?? Infinity)),
    savedMonthly: candidate.monthlyCost - instanceCost,
    copyHours: {
      now: copyAfter(0, growth),
      latest: start === null ? null : copyAfter(start, growth),
    },
  };
  const numbers = {
    months: trend,
    startMonths: start,
    startFastMonths: startMonths.fast,
    moveMonths: facts.moveMonths.now,
    lateMonths: facts.lateMonths,
    savedMonthly: facts.savedMonthly,
    copyHours: facts.copyHours.now,
    copyHoursLatest: facts.copyHours.latest,
  };
  const code = facts.lateMonths > 0 ? 'advice-begin-now' : 'advice-begin-within';
  return { ...facts, finding: fact(code, { numbers, names: { currency: setting.currency } }) };
}

/** The last month at which what is left is as long as the move; 0 where it never is. */
function latestStart(full: number, moveAfter: (months: number) => number): number {
  const isInTime = (months: number): boolean => months + moveAfter(months) <= full;
  if (!isInTime(0)) return 0;
  let [low, high] = [0, full];
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (isInTime(middle)) low = middle;
    else high = middle;
  }
  return low;
}
