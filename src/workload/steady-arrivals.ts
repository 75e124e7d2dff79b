import type { ArrivalProcess } from '../scenario/types.ts';

/** Arrivals a second, over a cycle of bursts or the whole of a ramp. */
export function meanPerSecond(arrivals: ArrivalProcess): number {
  switch (arrivals.process) {
    case 'constant':
    case 'poisson':
      return arrivals.ratePerSecond;
    case 'burst': {
      const { onPerSecond, offPerSecond, onMs, offMs } = arrivals;
      return (onPerSecond * onMs + offPerSecond * offMs) / (onMs + offMs);
    }
    case 'ramp':
      return (arrivals.fromPerSecond + arrivals.toPerSecond) / 2;
  }
}

/**
 * The same process at another mean rate: bursts keep their shape. Of a ramp, whose rate is another
 * at every moment, Poisson arrivals are left.
 */
export function arrivalsAt(arrivals: ArrivalProcess, ratePerSecond: number): ArrivalProcess {
  switch (arrivals.process) {
    case 'constant':
    case 'poisson':
      return { ...arrivals, ratePerSecond };
    case 'burst': {
      const factor = ratePerSecond / meanPerSecond(arrivals);
      const { onPerSecond, offPerSecond } = arrivals;
      return {
        ...arrivals,
        onPerSecond: onPerSecond * factor,
        offPerSecond: offPerSecond * factor,
      };
    }
    case 'ramp':
      return { process: 'poisson', ratePerSecond };
  }
}
