import type { Growth, Uncertain } from '../scenario/growth-types.ts';
import type { Futures } from './futures.ts';

/** The one future in which all trends are so many standard deviations above their middle. */
export function singleFuture(growth: Growth, deviations: number): Futures {
  const trend = ({ value, spread }: Uncertain): Float64Array =>
    Float64Array.of(Math.log1p(Math.max(-0.95, value + deviations * spread)));
  const { value: deleted } = growth.retention;
  return {
    load: trend(growth.load),
    bytes: trend(growth.bytes),
    tenants: trend(growth.tenants),
    // In the middle between its bounds.
    capacity: Float64Array.of(0.5),
    retention: Float64Array.of(Math.max(0, -Math.log1p(-Math.min(0.95, deleted)))),
  };
}
