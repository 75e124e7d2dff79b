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
  /** What a database takes: where between the least and the most that are known, 0 to 1. */
  readonly capacity: Float64Array;
}

/**
 * Draws futures from the seed. Each has one trend that stays as it is: what is uncertain is the
 * trend, which months of noise hardly change. Load, bytes and tenants come from the same customers,
 * so that their trends share a factor: any two have the correlation that is stated.
 */
export function drawFutures(growth: Growth, seed: number): Futures {
  const { load, bytes, tenants, retention, correlation, draws } = growth;
  const uniforms = (label: string): Float64Array => {
    const rng = rngFrom(seed, `growth/${label}`);
    return Float64Array.from({ length: draws }, () => rng.double());
  };
  const normals = (label: string): Float64Array =>
    uniforms(label).map((u) => normalQuantile(Math.min(1 - 2 ** -53, Math.max(2 ** -53, u))));
  const shared = normals('shared');
  const together = (label: string): Float64Array =>
    normals(label).map(
      (own, draw) =>
        Math.sqrt(correlation) * (shared[draw] ?? 0) + Math.sqrt(1 - correlation) * own,
    );
  const { value: deleted, spread } = retention;
  return {
    load: trends(load, together('load')),
    bytes: trends(bytes, together('bytes')),
    tenants: trends(tenants, together('tenants')),
    capacity: uniforms('capacity'),
    retention: trends({ value: -deleted, spread }, normals('retention')).map((rate) =>
      Math.max(0, -rate),
    ),
  };
}

/** Nothing shrinks by more than 95 % a month. */
const least = -0.95;

function trends({ value, spread }: Uncertain, normals: Float64Array): Float64Array {
  return normals.map((normal) => Math.log1p(Math.max(least, value + spread * normal)));
}
