import type { ExpectedMovement, RouterTopology } from '../router/contract.ts';
import type { KeyAmounts } from './movement.ts';
import type { RouterCandidate } from './router-candidates.ts';

/** What theory says of these keys. */
export interface MovementExpectation {
  readonly meanFraction: number;
  /** Standard deviation over placements of each fraction; null where no closed form is known. */
  readonly sd: {
    readonly keys: number;
    readonly rows: number;
    readonly bytes: number;
    readonly load: number;
  } | null;
  readonly of: ExpectedMovement['of'];
  readonly formula: string;
}

/** The closed form of the candidate's router for a part of a path, with the spread by the keys. */
export function expectedOver(
  { definition, spec }: RouterCandidate,
  amounts: KeyAmounts,
  path: readonly RouterTopology[],
  from: number,
): MovementExpectation | null {
  // What an overlay places is in no router's formula.
  if (spec.pin !== undefined || spec.split !== undefined) return null;
  const expected = definition.expectedMovement?.(path, from, spec.parameter) ?? null;
  if (expected === null) return null;
  const { meanFraction, sdFraction, of, formula } = expected;
  const sd = (concentration: number): number =>
    sdFraction === null ? 0 : spreadOfSum(meanFraction, sdFraction, concentration);
  // Integers as they are, and bounds by rows, are no draw: nothing spreads.
  const isDrawn = sdFraction !== null && of === 'keys' && spec.hash !== 'identity';
  return {
    meanFraction,
    sd: isDrawn
      ? {
          keys: sd(1 / Math.max(1, amounts.keys.count)),
          rows: sd(concentrationOf(amounts.rows)),
          bytes: sd(concentrationOf(amounts.bytes)),
          load: sd(concentrationOf(amounts.load)),
        }
      : null,
    of,
    formula,
  };
}

/** Sum of the squares of the shares: 1 / count where all are equal, 1 where one has it all. */
export function concentrationOf(values: ArrayLike<number>): number {
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
 * Standard deviation of the moved share of amounts, of which the placement moves each with the same
 * probability X, of mean m and standard deviation s: Var = E[X (1 - X)] C + Var X, where C is the
 * concentration and E[X (1 - X)] = m (1 - m) - s^2.
 */
export function spreadOfSum(mean: number, sd: number, concentration: number): number {
  const within = Math.max(0, mean * (1 - mean) - sd * sd);
  return Math.sqrt(within * concentration + sd * sd);
}
