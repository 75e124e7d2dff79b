import type { DriftFacts } from '../../result/advice-drift.ts';
import type { MeasuredCandidate, Setting } from '../candidate-figures.ts';
import { outgrowing } from '../hard-rules.ts';
import { outlookOf } from '../outlook.ts';
import { effectiveShards } from '../work.ts';
import { Course, followed, type Followed, type PlacedKeys } from './course.ts';
import { driftFindings } from './drift-findings.ts';

/** Trends that may come: logarithms of the growth in a month, one for each future. */
export interface Trends {
  readonly load: ArrayLike<number>;
  readonly bytes: ArrayLike<number>;
  readonly tenants: ArrayLike<number>;
}

export interface DriftCase {
  readonly candidate: MeasuredCandidate;
  readonly setting: Setting;
  readonly placed: PlacedKeys;
  readonly futures: Trends;
  /** Standard deviation of a key's own growth around that of all, a month. */
  readonly spread: number;
  readonly seed: number;
}

type FollowedCase = Omit<DriftCase, 'placed'> & { readonly placed: Followed };

/** Futures that are gone through. */
export const driftFutures = 100;
/** What a bound on the fullest shard is at least: Citus moves nothing below it. */
const boundLeast = 1.1;
const monthsOfYear = 12;
/** More moves in a year than these are no plan. */
const movesMost = 200;

type Alarm = DriftFacts['alarms'][number]['alarm'];

/** Pure: what becomes of a placement on which nobody touches anything, and of one that is kept. */
export function driftOf(driftCase: DriftCase): DriftFacts {
  const { candidate, setting, spread, placed } = driftCase;
  const asked = { ...driftCase, placed: followed(placed, candidate.shardCount) };
  const { strategy, shardCount } = candidate;
  const bound = Math.max(boundLeast, outlookOf(candidate, setting).maxOverMean.p95);
  const futures = Array.from({ length: driftFutures }, (_, future) => future);
  const tripped = futures.map((future) => trippedIn(asked, bound, future));
  const kept = futures.map((future) => keptIn(asked, bound, future));
  const alarms = limitsOf(setting, bound).map(({ alarm, limit }) => {
    const months = tripped.map((found) => found.get(alarm) ?? Infinity);
    const hit = months.filter(Number.isFinite).length;
    return { alarm, limit, months: quantiles(months), fraction: hit / driftFutures };
  });
  const facts = {
    strategy,
    shardCount,
    spread,
    futures: driftFutures,
    horizonMonths: setting.horizonMonths,
    alarms,
    moves: {
      maxOverMeanMost: bound,
      aYear: finite(kept.map(({ moves }) => moves)),
      loadFraction: finite(kept.map(({ load }) => load)),
      stuckFraction: kept.filter(({ isStuck }) => isStuck).length / driftFutures,
    },
  };
  return { ...facts, findings: driftFindings(facts, candidate.key.isTenant) };
}

/** What trips each alarm. A shard is full, or not, only where somebody said what it can do. */
function limitsOf({ capacity, utilisation }: Setting, bound: number) {
  const all: { readonly alarm: Alarm; readonly limit: number }[] = [
    { alarm: 'shard-full', limit: utilisation },
    { alarm: 'disk-full', limit: utilisation },
    { alarm: 'value-outgrows-shard', limit: outgrowing },
    { alarm: 'uneven', limit: bound },
  ];
  return capacity === null ? all.filter(({ alarm }) => alarm !== 'shard-full') : all;
}

function courseOf({ placed, futures, spread, seed }: FollowedCase, future: number): Course {
  const dilution = futures.tenants[future] ?? 0;
  return new Course(placed, { spread, dilution, seed, future });
}

/** The first month in which each alarm trips. */
function trippedIn(asked: FollowedCase, bound: number, future: number): Map<Alarm, number> {
  const course = courseOf(asked, future);
  const limits = limitsOf(asked.setting, bound);
  const found = new Map<Alarm, number>();
  for (let month = 0; month <= asked.setting.horizonMonths; month += 1) {
    if (month > 0) course.next();
    const levels = levelsIn(asked, course, future);
    for (const { alarm, limit } of limits) {
      if (!found.has(alarm) && levels[alarm] > limit) found.set(alarm, month);
    }
    if (found.size === limits.length) break;
  }
  return found;
}

/** How far each alarm is, in the unit of its limit. */
function levelsIn(
  { candidate, setting, futures }: FollowedCase,
  course: Course,
  future: number,
): Readonly<Record<Alarm, number>> {
  const { work, shardCount } = candidate;
  const { now, capacity, diskBytes } = setting;
  const largest = Math.max(...course.shares('load'));
  const grown = (trend: ArrayLike<number>): number => Math.exp((trend[future] ?? 0) * course.month);
  const carried = (capacity?.shard ?? Infinity) * effectiveShards(work, shardCount, largest);
  const stored = now.bytes * grown(futures.bytes) * Math.max(...course.shares('bytes'));
  return {
    'shard-full': (now.qps * grown(futures.load)) / carried,
    'disk-full': stored / diskBytes,
    'value-outgrows-shard': course.largest() * shardCount,
    uneven: largest * shardCount,
  };
}

/** Moves in a year that keep the fullest shard within the bound, and what they carry. */
function keptIn({ candidate, ...asked }: FollowedCase, bound: number, future: number) {
  const course = courseOf({ candidate, ...asked }, future);
  let moves = 0;
  let load = 0;
  let isStuck = false;
  for (let month = 1; month <= monthsOfYear; month += 1) {
    course.next();
    isStuck = false;
    while (Math.max(...course.shares('load')) * candidate.shardCount > bound) {
      const moved = moves < movesMost ? course.moveOne() : null;
      if (moved === null) {
        isStuck = true;
        break;
      }
      moves += 1;
      load += moved;
    }
  }
  return { moves, load, isStuck };
}

/** By nearest rank: between two futures there is none. */
function quantiles(months: readonly number[]): DriftFacts['alarms'][number]['months'] {
  const at = (p: number): number | null => {
    const value = ranked(months, p);
    return Number.isFinite(value) ? value : null;
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

const finite = (all: readonly number[]) => ({ p50: ranked(all, 0.5), p90: ranked(all, 0.9) });

function ranked(all: readonly number[], p: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
}
