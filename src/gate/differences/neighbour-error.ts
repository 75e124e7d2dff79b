// von Neumann 1941, "Distribution of the ratio of the mean square successive difference to the
// variance", Annals of Mathematical Statistics 12(4).
import { mean } from '../../base/statistics/moments.ts';

/** A measurement, and which turn of the whole run it had. */
export interface InTurn {
  readonly turn: number;
  readonly value: number;
}

/**
 * Standard error of the logarithm of b's ratio to a, as turns that follow one another have it: by
 * how much they differ once each side's own level is taken away. Where the machine goes up and down
 * in step with the turns, all pairs may differ by the same, which looks like a difference known for
 * certain; neighbours in time still show how far it swings. What drifts slowly hardly counts here.
 */
export function neighbourError(a: readonly InTurn[], b: readonly InTurn[]): number {
  const turns = [...aboutLevel(a), ...aboutLevel(b)].toSorted((one, two) => one.turn - two.turn);
  let squares = 0;
  for (const [i, { value }] of turns.entries()) {
    if (i > 0) squares += (value - (turns[i - 1]?.value ?? 0)) ** 2;
  }
  // Each step has two turns' noise in it; two levels have been fitted.
  const variance = squares / (2 * (turns.length - 2));
  return Math.sqrt(variance / a.length + variance / b.length);
}

function aboutLevel(side: readonly InTurn[]): InTurn[] {
  const logs = side.map(({ turn, value }) => ({ turn, value: Math.log(value) }));
  const level = mean(logs.map(({ value }) => value));
  return logs.map(({ turn, value }) => ({ turn, value: value - level }));
}
