import { present } from '../base/assert.ts';
import { sum } from '../base/statistics/moments.ts';
import { bandOf } from '../metrics/placement-band.ts';
import type { CapacityRow } from '../result/growth-document.ts';
import { type Candidate, capacityOf } from './candidate.ts';
import { fillingsOf } from './capacity-row.ts';
import type { GrowthContext } from './growth-case.ts';
import { monthsToFull } from './months-to-full.ts';
import type { PlacementDraws } from './placement-draws.ts';
import { singleFuture } from './single-future.ts';

/** A share of the placements that must agree. */
export const agreement = 0.9;

/** What all placements make of one step. */
export interface PlacementBands {
  readonly placements: NonNullable<CapacityRow['placements']>;
  /** Of the placement in the middle by capacity. */
  readonly middle: number;
  /** By draw: the candidate, and its capacity against the present of the same draw. */
  readonly candidates: readonly Candidate[];
  readonly capacityRatios: Float64Array;
  /** Share of the placements that last growth.last months when growth is fast (p10). */
  readonly lasting: number;
}

/** Normal deviate of the ninth of ten futures. */
const fast = 1.2815515655446004;

export function placementBands(
  context: GrowthContext,
  { over, steps }: PlacementDraws,
  step: number,
): PlacementBands {
  const { growth } = context.scenario;
  const candidates = present(steps[step], 'draws of a step');
  const before = present(steps[0], 'draws of the present');
  const shards = Float64Array.from(candidates, ({ effectiveShards }) => effectiveShards);
  const capacityRatios = Float64Array.from(candidates, ({ instances }, draw) => {
    return instances / present(before[draw], 'present of a draw').instances;
  });
  const monthsIn = (deviations: number): Float64Array => {
    const future = singleFuture(growth, deviations);
    return Float64Array.from(candidates, (candidate) => {
      const { first } = monthsToFull(fillingsOf(context, candidate), future, growth.horizonMonths);
      return first.p50 ?? Infinity;
    });
  };
  const isKnown = candidates.every(({ database }) => database !== null);
  const months = isKnown ? monthsIn(0) : null;
  const lasts = isKnown ? monthsIn(fast).map((each) => Number(each >= growth.lastMonths)) : null;
  const capacities = candidates.flatMap((candidate) => capacityOf(candidate)?.low ?? []);
  return {
    placements: {
      count: candidates.length,
      over,
      effectiveShards: bandOf(shards),
      capacityQps: isKnown ? bandOf(Float64Array.from(capacities)) : null,
      capacityRatio: bandOf(capacityRatios),
      monthsToFull: months === null ? null : monthsBand(months),
    },
    middle: middleOf(shards),
    candidates,
    capacityRatios,
    lasting: lasts === null ? 0 : sum(lasts) / lasts.length,
  };
}

/** The draw in the middle. */
function middleOf(values: Float64Array): number {
  const order = [...values.keys()].toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  return order[Math.floor((order.length - 1) / 2)] ?? 0;
}

/** By nearest rank: some placements are full at no time. */
function monthsBand(months: Float64Array) {
  const sorted = months.toSorted();
  const at = (p: number): number | null => {
    const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
    return Number.isFinite(value) ? value : null;
  };
  return { p5: at(0.05), p50: at(0.5), p95: at(0.95) };
}
