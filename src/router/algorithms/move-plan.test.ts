import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  citusThresholds,
  type MovePlanInput,
  planMoves,
  moveEffect,
  type PlanStep,
} from './move-plan.ts';

const inputOf = (
  loads: readonly number[],
  placement: readonly number[],
  capacities: readonly number[],
): MovePlanInput => ({ loads, placement, capacities, ...citusThresholds });

/** Utilisation of each shard after the first `steps` moves. */
function utilisations(input: MovePlanInput, steps: number): number[] {
  const placement = Array.from(input.placement);
  for (const { key, to } of planMoves(input).slice(0, steps)) placement[key] = to;
  return input.capacities.map((capacity, shard) => {
    const keys = placement.flatMap((each, key) => (each === shard ? [input.loads[key] ?? 0] : []));
    return keys.reduce((sum, load) => sum + load, 0) / capacity;
  });
}

describe('planMoves', () => {
  it('does nothing within the bounds of 10 %', () => {
    expect(planMoves(inputOf([10, 9, 11], [0, 1, 2], [1, 1, 1]))).toEqual([]);
  });

  it('moves the heaviest keys that fit from the fullest shard to an empty one', () => {
    const plan = planMoves(inputOf([4, 3, 2, 1], [0, 0, 0, 0], [1, 1]));
    expect(plan).toEqual([
      { key: 0, from: 0, to: 1 },
      { key: 3, from: 0, to: 1 },
    ]);
  });

  it('leaves the target the fuller only when the gain is half of what it adds', () => {
    // 100 and 50: a key of 30 gives 70 and 80: gain max(100 - 80, 70 - 50) = 20 of 30 added.
    expect(planMoves(inputOf([70, 30, 50], [0, 0, 1], [1, 1]))).toHaveLength(1);
    // A key of 40 gives 60 and 90: gain 10 of 40 added, so nothing moves.
    expect(planMoves(inputOf([60, 40, 50], [0, 0, 1], [1, 1]))).toEqual([]);
  });

  it('cannot split a tenant that is too heavy for its shard', () => {
    expect(planMoves(inputOf([100], [0], [1, 1, 1]))).toEqual([]);
  });

  it('counts load against capacity', () => {
    const even = Array.from({ length: 100 }, () => 1);
    const input = inputOf(
      even,
      even.map(() => 0),
      [1, 3],
    );
    const [small = 0, large = 0] = utilisations(input, 100);
    expect(small / large).toBeLessThan(1.23);
    expect(small / large).toBeGreaterThan(0.8);
  });

  it('lowers the sum of squares with every step, so it may stop anywhere', () => {
    const shards = fc.integer({ min: 2, max: 6 });
    const load = fc.integer({ min: 1, max: 1000 });
    const property = fc.property(
      shards.chain((count) =>
        fc.tuple(
          fc.constant(count),
          fc.array(fc.tuple(load, fc.nat(count - 1)), { minLength: 1, maxLength: 60 }),
        ),
      ),
      ([count, keys]) => {
        const input = inputOf(
          keys.map(([each]) => each),
          keys.map(([, shard]) => shard),
          Array.from({ length: count }, () => 1),
        );
        const moves = planMoves(input).length;
        const squares = Array.from({ length: moves + 1 }, (_, steps) =>
          utilisations(input, steps).reduce((sum, each) => sum + each ** 2, 0),
        );
        for (let i = 1; i < squares.length; i += 1) {
          expect(squares[i]).toBeLessThan(squares[i - 1] ?? 0);
        }
      },
    );
    fc.assert(property, { seed: 31, numRuns: 100 });
  });

  it('tells of every step: what it does, and which heavier keys were not worth moving', () => {
    const steps: PlanStep[] = [];
    // Shard 0 has 8 and 1, shard 1 has 5, shard 2 nothing: 8 would only change places.
    const moves = planMoves(inputOf([8, 1, 5], [0, 0, 1], [1, 1, 1]), (step) => steps.push(step));
    expect(moves).toEqual([{ key: 1, from: 0, to: 2 }]);
    expect(steps[0]).toEqual({
      move: { key: 1, from: 0, to: 2 },
      source: 0,
      target: 2,
      mean: 14 / 3,
      effect: {
        source: 9,
        target: 0,
        newSource: 8,
        newTarget: 1,
        improvement: Number.POSITIVE_INFINITY,
      },
      passedOver: [0],
    });
    const last = steps.at(-1);
    expect(last?.move).toBeNull();
    expect(steps.slice(1).every(({ move }) => move === null)).toBe(true);
  });

  it('weighs a move that leaves the target the fuller by gain over what it adds', () => {
    // 10 and 6, moving 3: 7 and 9. The fullest falls by 1, the target rises by 3.
    const effect = moveEffect({ load: 10, capacity: 1 }, { load: 6, capacity: 1 }, 3);
    expect(effect).toEqual({
      source: 10,
      target: 6,
      newSource: 7,
      newTarget: 9,
      improvement: 1 / 3,
    });
  });
});
