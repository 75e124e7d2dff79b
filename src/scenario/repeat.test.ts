import { expect, test } from 'vitest';
import { mostRepeats, repeatProblem } from './repeat.ts';

const poisson = { process: 'poisson', ratePerSecond: 800 } as const;
const window = { durationMs: 15_000, arrivals: poisson, looksUp: false };
const burst = {
  process: 'burst',
  onPerSecond: 9,
  offPerSecond: 1,
  onMs: 1000,
  offMs: 1500,
} as const;
const ramp = { process: 'ramp', fromPerSecond: 1, toPerSecond: 9 } as const;

test('parts of whole seconds, and of whole bursts', () => {
  for (const repeat of [1, 3, 5, 15]) expect(repeatProblem({ ...window, repeat })).toBeNull();
  expect(repeatProblem({ ...window, repeat: 10 })).toBe(
    'found 10, which cuts a window of 15 s into parts that are not whole seconds; allowed: a ' +
      'number that does not, or another window, such as 20 s',
  );
  expect(repeatProblem({ ...window, arrivals: burst, repeat: 3 })).toBeNull();
  expect(repeatProblem({ ...window, arrivals: burst, repeat: 5 })).toMatch(
    /not whole bursts; .* such as 25 s$/,
  );
});

test('a ramp and a look-up are measured in one piece', () => {
  expect(repeatProblem({ ...window, arrivals: ramp, repeat: 3 })).toMatch(/allowed: 1 with a ramp/);
  expect(repeatProblem({ ...window, looksUp: true, repeat: 3 })).toMatch(/1 with a look-up/);
  expect(repeatProblem({ ...window, arrivals: ramp, looksUp: true, repeat: 1 })).toBeNull();
});

test('of a window that is changed for once, as many parts as fit', () => {
  const most = (wanted: number, seconds: number) =>
    mostRepeats(wanted, { ...window, durationMs: 1000 * seconds });
  expect([most(3, 15), most(3, 5), most(4, 6), most(3, 0.5)]).toEqual([3, 1, 3, 1]);
});
