import { normalQuantile } from '../base/statistics/normal.ts';
import { rngFrom } from '../base/rng.ts';
import type { Growth, Uncertain } from '../scenario/growth-types.ts';

/** Futures that may come: the logarithm of each one's monthly growth factor, for all months. */
export interface Futures {
  readonly load: Float64Array;
  readonly bytes: Float64Array;
  readonly tenants: Float64Array;
  /** What retention deletes: the logarithm of what is left after a month, without its sign. */
  readonly retention: Float64Array;
}

/**
 * Draws futures from the seed. Each has one trend that stays as it is: what is uncertain is the
 * trend, which months of noise hardly change. Tenants, load and bytes are drawn by themselves.
 */
export function drawFutures(
  { load, bytes, tenants, retention, draws }: Growth,
  seed: number,
): Futures {
  const drawn = (growth: Uncertain, label: string): Float64Array => {
    const rng = rngFrom(seed, `growth/${label}`);
    return Float64Array.from({ length: draws }, () => {
      const normal = normalQuantile(Math.min(1 - 2 ** -53, Math.max(2 ** -53, rng.double())));
      return Math.log1p(Math.max(least, growth.value + growth.spread * normal));
    });
  };
  return {
    load: drawn(load, 'load'),
    bytes: drawn(bytes, 'bytes'),
    tenants: drawn(tenants, 'tenants'),
    retention: drawn({ ...retention, value: -retention.value }, 'retention').map((rate) =>
      Math.max(0, -rate),
    ),
  };
}

/** Nothing shrinks by more than 95 % a month. */
const least = -0.95;
