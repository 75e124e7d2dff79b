import { z } from 'zod';
import { integer, oneOf, record } from './fields.ts';
import { positiveDurationMs, positiveRatePerSecond, ratePerSecond } from './quantities.ts';

const arrivalsAllowed =
  'poisson, constant, { burst: { on: 2000/s, off: 200/s, for: 2s, pause: 8s } } or ' +
  '{ ramp: { from: 100/s, to: 2000/s } }';

const burst = record({
  on: positiveRatePerSecond.describe('Rate during a burst'),
  off: ratePerSecond.describe('Rate between bursts; 0/s for none'),
  for: positiveDurationMs.describe('Length of a burst'),
  pause: positiveDurationMs.describe('Time between two bursts'),
});

const ramp = record({
  from: ratePerSecond.describe('Rate at the start of the window'),
  to: ratePerSecond.describe('Rate at its end'),
}).refine(({ from, to }) => from + to > 0, {
  error: 'a rate above zero at one end of the ramp at least',
});

/** `poisson` and `constant` run at the scenario's `rate`; a burst and a ramp bring their own. */
export const arrivalsInput = z.union(
  [
    oneOf(['poisson', 'constant'], arrivalsAllowed),
    record({ burst }).transform(({ burst: { on, off, for: onMs, pause } }) => ({
      process: 'burst' as const,
      onPerSecond: on,
      offPerSecond: off,
      onMs,
      offMs: pause,
    })),
    record({ ramp }).transform(({ ramp: { from, to } }) => ({
      process: 'ramp' as const,
      fromPerSecond: from,
      toPerSecond: to,
    })),
  ],
  { error: arrivalsAllowed },
);

const loopAllowed = 'open or { clients: 8 }';

export const loopInput = z.union(
  [
    oneOf(['open'], loopAllowed).transform((kind) => ({ kind })),
    record({ clients: integer(1, 10_000) }).transform(({ clients }) => ({
      kind: 'closed' as const,
      clients,
    })),
  ],
  { error: loopAllowed },
);
