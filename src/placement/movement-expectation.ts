import type { ExpectedMovement, RouterDefinition, RouterTopology } from '../router/contract.ts';
import type { RouterSpec } from '../router/build-router.ts';
import type { KeyAmounts, PerAmount } from './movement.ts';

/** What theory says of these keys. */
export interface MovementExpectation {
  readonly meanFraction: number;
  /** Standard deviation over placements of each fraction; null where no closed form is known. */
  readonly sd: PerAmount<number> | null;
  readonly of: ExpectedMovement['of'];
  readonly formula: string;
}

/**
 * The closed form of a router for the part of a path from `path[from]` to its end, with the spread
 * of each amount; null where there is none.
 */
export function expectedOver(
  { definition, spec }: { readonly definition: RouterDefinition; readonly spec: RouterSpec },
  concentrations: PerAmount<number>,
  path: readonly RouterTopology[],
  from: number,
): MovementExpectation | null {
  // What an overlay places is in no router's formula.
  if (spec.pin !== undefined || spec.split !== undefined) return null;
  const expected = definition.expectedMovement?.(path, from, spec.parameter) ?? null;
  if (expected === null) return null;
  const { meanFraction, sdFraction, of, formula } = expected;
  // Bounds by rows, and integers as they are, are no draw: there is nothing to spread.
  if (sdFraction === null || of === 'rows' || spec.hash === 'identity') {
    return { meanFraction, sd: null, of, formula };
  }
  const sdOf = (part: keyof PerAmount<number>): number =>
    spreadOfShare(meanFraction, sdFraction, concentrations[part]);
  const sd = { keys: sdOf('keys'), rows: sdOf('rows'), bytes: sdOf('bytes'), load: sdOf('load') };
  return { meanFraction, sd, of, formula };
}

/** How unequal the keys' amounts are, each for itself: sums of squared shares. */
export function concentrationsOf({ keys, rows, bytes, load }: KeyAmounts): PerAmount<number> {
  return {
    keys: 1 / Math.max(1, keys.count),
    rows: concentrationOf(rows),
    bytes: concentrationOf(bytes),
    load: concentrationOf(load),
  };
}

/** Sum of the squares of the shares: 1 / count where all are equal, 1 where one has it all. */
function concentrationOf(values: ArrayLike<number>): number {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    total += value;
    squares += value * value;
  }
  return total > 0 ? squares / (total * total) : 1;
}

/**
 * Standard deviation of the moved share of amounts when a placement moves each key with the same
 * probability X, of mean m and standard deviation s: Var = E[X (1 - X)] C + Var X, where C is the
 * concentration and E[X (1 - X)] = m (1 - m) - s^2.
 */
export function spreadOfShare(mean: number, sd: number, concentration: number): number {
  const within = Math.max(0, mean * (1 - mean) - sd * sd);
  return Math.sqrt(within * concentration + sd * sd);
}
