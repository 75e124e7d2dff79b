import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ArrivalProcess } from '../scenario/types.ts';
import { arrivalsAt, meanPerSecond } from './steady-arrivals.ts';

const rate = fc.double({ min: 1, max: 1e5, noNaN: true });
const ms = fc.integer({ min: 1, max: 60_000 });
const processes: fc.Arbitrary<ArrivalProcess> = fc.oneof(
  fc.record({
    process: fc.constantFrom('constant' as const, 'poisson' as const),
    ratePerSecond: rate,
  }),
  fc.record({
    process: fc.constant('burst' as const),
    onPerSecond: rate,
    offPerSecond: fc.oneof(rate, fc.constant(0)),
    onMs: ms,
    offMs: ms,
  }),
  fc.record({ process: fc.constant('ramp' as const), fromPerSecond: rate, toPerSecond: rate }),
);

test('every process has the rate that is asked for', () => {
  fc.assert(
    fc.property(processes, rate, (arrivals, asked) => {
      expect(meanPerSecond(arrivalsAt(arrivals, asked))).toBeCloseTo(asked, 6);
    }),
  );
});

test('bursts keep their shape, a ramp becomes steady', () => {
  const burst = {
    process: 'burst',
    onPerSecond: 900,
    offPerSecond: 100,
    onMs: 1000,
    offMs: 3000,
  } as const;
  expect(meanPerSecond(burst)).toBe(300);
  expect(arrivalsAt(burst, 600)).toEqual({ ...burst, onPerSecond: 1800, offPerSecond: 200 });
  const ramp = { process: 'ramp', fromPerSecond: 100, toPerSecond: 300 } as const;
  expect(arrivalsAt(ramp, 50)).toEqual({ process: 'poisson', ratePerSecond: 50 });
});
