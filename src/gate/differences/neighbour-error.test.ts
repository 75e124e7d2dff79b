import { expect, test } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { type InTurn, neighbourError } from './neighbour-error.ts';
import { pairedRatio } from './ratio-sample.ts';

const side = (turns: readonly number[], value: (turn: number) => number): InTurn[] =>
  turns.map((turn) => ({ turn, value: Math.exp(value(turn)) }));

test('by hand: two turns a side, alternately above and below their level', () => {
  // About the levels: 1, 1, -1, -1 in the order of turns; steps 0, -2, 0; variance 4 / (2 * 2) = 1.
  const a = side([0, 2], (turn) => 1 - turn);
  const b = side([1, 3], (turn) => 7 + 2 - turn);
  expect(neighbourError(a, b)).toBeCloseTo(Math.sqrt(1 / 2 + 1 / 2), 12);
});

test('levels of the sides do not count, nor does a slow drift much', () => {
  const [ofA, ofB] = [
    [0, 3, 4, 7, 8, 11],
    [1, 2, 5, 6, 9, 10],
  ] as const;
  expect(
    neighbourError(
      side(ofA, () => 0),
      side(ofB, () => 2),
    ),
  ).toBeCloseTo(0, 12);
  const drift = (turn: number): number => 0.02 * turn;
  // From end to end it drifts by 0.22; a step is 0.02.
  expect(neighbourError(side(ofA, drift), side(ofB, drift))).toBeLessThan(0.012);
});

test('a machine that swings in step with the turns is seen, where all pairs agree', () => {
  // Turns a b b a a b b a: of a wave with a period of four turns b has the upper half each time.
  const wave = (turn: number): number => 0.1 * Math.sin((Math.PI / 2) * turn);
  const [a, b] = [side([0, 3, 4, 7, 8], wave), side([1, 2, 5, 6, 9], wave)];
  const values = (of: readonly InTurn[]) => of.map(({ value }) => value);
  expect(pairedRatio(values(a), values(b))?.standardError).toBeLessThan(0.001);
  expect(neighbourError(a, b)).toBeGreaterThan(0.03);
});

test('of independent noise it is the standard error that pairs have', () => {
  const rng = rngFrom(3, 'neighbours');
  const noise = (): number => rng.double() - 0.5;
  const turns = Array.from({ length: 2000 }, (_, i) => i);
  const [a, b] = [0, 1].map((odd) =>
    side(
      turns.filter((turn) => turn % 2 === odd),
      noise,
    ),
  );
  // A uniform number of width 1 has the variance 1/12.
  expect(neighbourError(a ?? [], b ?? []) / Math.sqrt(2 / 12 / 1000)).toBeCloseTo(1, 1);
});
