// Means of a first and a last part against their scatter, as Geweke 1992 compares them, "Evaluating
// the accuracy of sampling-based approaches"; variance of a mean of autocorrelated values by their
// lag-1 correlation (AR(1)).
import { mean } from '../base/statistics/moments.ts';

export interface Drift {
  /** Means of the first and of the last third. */
  readonly first: number;
  readonly last: number;
}

/** Fewer parts than this cannot tell a drift from noise that lasts. */
export const partsNeeded = 30;
const partsForSmallLimits = 60;

/**
 * Limits of the two statistics. Of stationary noise with a lag-1 correlation of up to 0.7 (normal,
 * with heavy tails, or skewed) less than 1 in 300 series exceeds either, so that of three series
 * tested fewer than 1 in 100 cells are called drifting by chance; `stationarity.test.ts` counts
 * them.
 */
const limits = (parts: number): { readonly level: number; readonly trend: number } =>
  parts >= partsForSmallLimits ? { level: 5.5, trend: 8 } : { level: 7.5, trend: 16 };

/** What a part's value is known to at best: differences below it are none. */
interface DriftOptions {
  readonly noiseFloor: number;
  /** Parts of one cycle: cycles stay whole, and parts are compared with their like. */
  readonly cycleParts: number;
}

/**
 * Whether the values have moved from the first third to the last, beyond chance and in one
 * direction over the thirds. Two statistics share one numerator, the difference of the outer
 * thirds: the scatter is taken about the means of these (which sees a step) or about lines through
 * them (which a steady climb does not inflate).
 */
export function driftOf(values: readonly number[], options: DriftOptions): Drift | null {
  const { cycleParts } = options;
  const cycles = Math.floor(values.length / cycleParts);
  if (values.length < partsNeeded || cycles < 3) return null;
  const outer = Math.max(1, Math.floor(cycles / 3 + 0.25)) * cycleParts;
  const end = cycles * cycleParts;
  const thirds = [
    values.slice(0, outer),
    values.slice(outer, end - outer),
    values.slice(end - outer, end),
  ];
  const [first = Number.NaN, middle = Number.NaN, last = Number.NaN] = thirds.map(mean);
  if (!((middle - first) * (last - middle) > 0)) return null;
  const flat = withoutCycle(values.slice(0, end), cycleParts);
  const ends = [flat.slice(0, outer), flat.slice(end - outer)];
  // Each part of a cycle gives up one degree of freedom for its own mean.
  const spent = cycleParts === 1 ? 1 : cycles / (cycles - 1);
  const floor = options.noiseFloor ** 2;
  const difference = Math.abs(last - first);
  const level = difference / meanError(ends.map(aboutMean), 1, outer, { spent, floor });
  const trend = difference / meanError(ends.map(aboutLine), 2, outer, { spent, floor });
  const limit = limits(values.length);
  return level > limit.level || trend > limit.trend ? { first, last } : null;
}

/** Standard error of a difference of two means, each of so many correlated values. */
function meanError(
  ends: readonly (readonly number[])[],
  fitted: number,
  count: number,
  { spent, floor }: { readonly spent: number; readonly floor: number },
): number {
  let squares = 0;
  let products = 0;
  for (const rest of ends) {
    for (const [i, value] of rest.entries()) {
      squares += value ** 2;
      if (i > 0) products += value * (rest[i - 1] ?? 0);
    }
  }
  const variance = squares / (2 * (count - fitted));
  // Fitting takes correlation away, the more the shorter the third is.
  const seen = squares === 0 ? 0 : products / squares + (fitted + 0.5) / count;
  const correlation = Math.min(0.85, Math.max(0, seen));
  const inflation = (1 + correlation) / (1 - correlation);
  return Math.sqrt((Math.max(floor, variance * spent) * inflation * 2) / count);
}

function aboutMean(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function aboutLine(values: readonly number[]): number[] {
  const middle = (values.length - 1) / 2;
  const centre = mean(values);
  let squares = 0;
  let products = 0;
  for (const [i, value] of values.entries()) {
    squares += (i - middle) ** 2;
    products += (i - middle) * (value - centre);
  }
  const slope = squares === 0 ? 0 : products / squares;
  return values.map((value, i) => value - centre - slope * (i - middle));
}

/** Each value less the mean of its place in the cycle. */
function withoutCycle(values: readonly number[], cycleParts: number): number[] {
  if (cycleParts === 1) return [...values];
  const means = Array.from({ length: cycleParts }, (_, place) =>
    mean(values.filter((__, i) => i % cycleParts === place)),
  );
  return values.map((value, i) => value - (means[i % cycleParts] ?? 0));
}
