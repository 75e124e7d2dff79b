// Means of blocks: Law & Carson 1979, "A sequential procedure for determining the length of a
// steady-state simulation"; one-way analysis of variance: Fisher 1925.
import { lowerBeta } from '../base/statistics/beta.ts';
import { mean, sampleSd, sum } from '../base/statistics/moments.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { CellSamples } from './cell-samples.ts';
import { Course } from './course.ts';
import { timedMs } from './percentiles.ts';

/** Repeats of one cell that differ from each other by more than they should. */
export interface Disagreement {
  readonly repeats: number;
  /** The repeats with the smallest and the largest median response time, from 0. */
  readonly least: number;
  readonly most: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Fewer repeats than this cannot tell noise from a difference. */
export const repeatsNeeded = 3;
/**
 * How many times the smallest median the largest may be. Medians of half a millisecond, over 4 s
 * each, differed up to 1.84 times on a quiet machine with two cores (28 cells); differences of
 * strategies are judged by that scatter. With twice as much there is no one number.
 */
export const agreedRatio = 2;
/** Chance that repeats which only chance tells apart are said to disagree. */
const level = 0.001;
/** Parts of a repeat: times close together resemble each other, parts hardly do. */
const blockCounts = [10, 5] as const;
/** A block's median is known to about 1 % at best: its bucket is that wide. */
const logFloor = 0.01;

/**
 * The repeats of one cell whose median response times differ by more than `agreedRatio`, and by
 * more than the scatter within repeats explains; null where they agree, or where too few samples
 * tell. Within a repeat medians of blocks are compared, so that what lasts for many queries counts
 * as the one disturbance that it is.
 */
export function repeatsDisagree(
  samples: readonly Pick<CellSamples, 'course' | 'overall'>[],
): Disagreement | null {
  if (samples.length < repeatsNeeded) return null;
  const medians = samples.map(({ overall }) => timedMs(overall).p50 ?? 0);
  const [leastMs, mostMs] = [Math.min(...medians), Math.max(...medians)];
  if (leastMs === 0 || mostMs <= agreedRatio * leastMs) return null;
  const blocks = samples.map(({ course }) => blockLogs(course));
  const known = blocks.filter((logs) => logs !== null);
  if (known.length < blocks.length || !differByMoreThanChance(known)) return null;
  const [least, most] = [medians.indexOf(leastMs), medians.indexOf(mostMs)];
  return { repeats: samples.length, least, most, leastMs, mostMs };
}

export function noisy(disagreement: Disagreement | null): Fact[] {
  if (disagreement === null) return [];
  const { repeats, least, most, leastMs, mostMs } = disagreement;
  return [
    fact('repeats-disagree', {
      severity: 'error',
      numbers: { repeats, least, most, leastMs, mostMs, limitRatio: agreedRatio },
      place: '/repeats',
    }),
  ];
}

/** Logarithms of the medians of the blocks; null where some have too few samples for one. */
function blockLogs(samples: CellSamples['course']): number[] | null {
  const course = new Course(samples, 1, 1);
  for (const count of blockCounts) {
    const together = Math.floor(samples.shape.parts / count);
    const medians = course.responseMsP50(Math.max(1, together)).filter((p50) => p50 !== null);
    if (medians.length >= count) return medians.map(Math.log);
  }
  return null;
}

/** Whether the means of groups differ by more than the scatter within the groups explains. */
function differByMoreThanChance(groups: readonly (readonly number[])[]): boolean {
  const means = groups.map(mean);
  const all = mean(groups.flat());
  const between = sum(groups.map((group, i) => group.length * ((means[i] ?? 0) - all) ** 2));
  const spare = sum(groups.map(({ length }) => length - 1));
  const within = sum(groups.map((group) => (group.length - 1) * sampleSd(group) ** 2)) / spare;
  const f = between / (groups.length - 1) / Math.max(within, logFloor ** 2);
  // P(F > f) with so many degrees of freedom: Abramowitz & Stegun 26.6.2.
  const freedom = groups.length - 1;
  return lowerBeta(spare / 2, freedom / 2, spare / (spare + freedom * f)) < level;
}
