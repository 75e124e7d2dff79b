import { median } from '../base/statistics/quantile.ts';
import { UserError } from '../base/user-error.ts';
import { bandOf } from '../metrics/placement-band.ts';
import type {
  ComparedMovement,
  ComparedPlacement,
  MovedFraction,
} from '../result/router-comparison.ts';
import { buildRouter, routerProblems, type RouterSpec } from '../router/build-router.ts';
import type { RouterTopology } from '../router/contract.ts';
import type { ComparedKey } from './compared-key.ts';
import { actualDraw, type Draw, drawKind, otherDraw } from './draws.ts';
import { type Movement, movementBetween } from './movement.ts';
import type { RouterCandidate } from './router-candidates.ts';
import { resizedTo } from './topology-changes.ts';
import { writesByShard } from './write-placement.ts';

/** The topology as it is and as it will be. */
export interface GrowthStep {
  readonly now: RouterTopology;
  readonly next: RouterTopology;
}

/**
 * One shard more, with the capacity of the last one: who adds a shard adds what is bought today.
 */
export function nextStep(now: RouterTopology): GrowthStep {
  return { now, next: resizedTo(now, now.shardCount + 1) };
}

/**
 * The same shards in another unit of capacity: no router can tell the difference, but one that
 * keeps tables for topologies that it has seen must make another one. For measuring memory.
 */
export function inOtherUnits(
  { shardCount, weights }: RouterTopology,
  index: number,
): RouterTopology {
  const unit = 1 + (index + 1) * 2 ** -30;
  return { shardCount, weights: weights.map((weight) => weight * unit) };
}

/** Why this router cannot place these keys, each reason in words of its own; none when it can. */
export function refusalReasons(
  spec: RouterSpec,
  { now }: GrowthStep,
  { known }: ComparedKey,
): string[] {
  const problems = routerProblems(spec, now, known.type);
  if (problems.length > 0) return problems;
  const failed = attempt(() => buildRouter(spec, now, known.type, known));
  return 'problem' in failed ? [failed.problem] : [];
}

/** What `work` gives, or in words why the user's choice does not allow it. */
export function attempt<T>(work: () => T): { readonly value: T } | { readonly problem: string } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof UserError) return { problem: error.message };
    throw error;
  }
}

/** max/mean of the placement that there is, and its band over so many further draws. */
export function placementOver(
  candidate: RouterCandidate,
  topology: RouterTopology,
  key: ComparedKey,
  draws: number,
): Pick<ComparedPlacement, 'maxOverMean' | 'band'> {
  const { known } = key;
  const byShard = new Float64Array(topology.shardCount);
  const ratioOf = ({ spec, load }: Draw): number => {
    writesByShard(buildRouter(spec, topology, known.type, known), load, byShard);
    return maxOverDue(byShard, topology.weights);
  };
  const over = drawKind(candidate);
  const ratios = Float64Array.from({ length: over === null ? 0 : draws }, (_, draw) =>
    ratioOf(otherDraw(candidate, key, draw)),
  );
  return {
    maxOverMean: ratioOf(actualDraw(candidate, key)),
    band: over === null ? null : { ...bandOf(ratios), draws, over },
  };
}

/**
 * Largest load of a shard over the load that is due to it; max/mean where all weights are equal.
 * Nothing is due to a shard of weight 0, so what it has is left out.
 */
export function maxOverDue(load: Float64Array, weights: readonly number[]): number {
  const capacity = weights.reduce((sum, weight) => sum + weight, 0);
  const total = load.reduce((sum, each) => sum + each, 0);
  const largest = weights.reduce(
    (most, weight, shard) => (weight === 0 ? most : Math.max(most, (load[shard] ?? 0) / weight)),
    0,
  );
  return (largest * capacity) / total;
}

/** What the step moves, over so many draws; one where the placement is none. */
export function movementOver(
  candidate: RouterCandidate,
  step: GrowthStep,
  key: ComparedKey,
  draws: number,
): ComparedMovement {
  const movements =
    drawKind(candidate) === null
      ? [movementOf(actualDraw(candidate, key), step, key)]
      : Array.from({ length: draws }, (_, draw) =>
          movementOf(otherDraw(candidate, key, draw), step, key),
        );
  const over = (fraction: (movement: Movement) => number): MovedFraction => {
    const fractions = movements.map(fraction);
    return {
      min: Math.min(...fractions),
      median: median(fractions),
      max: Math.max(...fractions),
    };
  };
  return {
    keysMovedFraction: over(({ keysMovedFraction }) => keysMovedFraction),
    rowsMovedFraction: over(({ rowsMovedFraction }) => rowsMovedFraction),
    bytesMovedFraction: over(({ bytesMovedFraction }) => bytesMovedFraction),
    loadMovedFraction: over(({ loadMovedFraction }) => loadMovedFraction),
    monotone: movements.every(({ monotone }) => monotone),
    draws: movements.length,
    keys: (drawKind(candidate) === null ? key.amounts : key.sample).keys.count,
  };
}

function movementOf(
  { spec, amounts }: Draw,
  { now, next }: GrowthStep,
  { known }: ComparedKey,
): Movement {
  const before = buildRouter(spec, now, known.type, known);
  const after = buildRouter(spec, next, known.type, known, before);
  return movementBetween(
    { router: before, topology: now },
    { router: after, topology: next },
    amounts,
  );
}
