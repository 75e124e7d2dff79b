// Expected maxima: Blom 1958, "Statistical Estimates and Transformed Beta-Variables" (3/8, 1/4).
import { assert } from '../base/assert.ts';
import { coefficientOfVariation, gini, sum } from '../base/statistics/moments.ts';
import { normalQuantile } from '../base/statistics/normal.ts';
import type { Spread } from '../result/types.ts';

/** Spread of a quantity over the shards; all null where there is none of it. */
export function spread(values: ArrayLike<number>): Spread {
  if (!(sum(values) > 0)) return { maxOverMean: null, cv: null, gini: null };
  return {
    maxOverMean: maxOverMean(values),
    cv: coefficientOfVariation(values),
    // Rounding can leave it a hair below 0 when all values are equal.
    gini: Math.max(0, gini(values)),
  };
}

/** Largest value / mean; NaN where they add up to 0. */
export function maxOverMean(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, values[i] ?? 0);
  return (largest * values.length) / sum(values);
}

/**
 * max/mean that a perfect hash shows when `keys` keys of equal load fall on `shards` shards:
 * 1 + E / sqrt(keys / shards), E the expected largest of `shards` standard normals. null without
 * keys. With fewer than about 10 keys a shard it is a rough figure.
 */
export function idealMaxOverMean(shards: number, keys: number): number | null {
  if (shards === 1) return 1;
  if (!(keys > 0)) return null;
  const expected = normalQuantile((shards - 0.375) / (shards + 0.25));
  return Math.min(shards, 1 + expected / Math.sqrt(keys / shards));
}

/**
 * Interval in which a perfect hash's max/mean lies with probability `level`, by the distribution
 * of the largest of independent normals. null without keys.
 */
export function idealBand(
  shards: number,
  keys: number,
  level: number,
): { low: number; high: number } | null {
  assert(level > 0 && level < 1, `level ${level}`);
  if (shards === 1) return { low: 1, high: 1 };
  if (!(keys > 0)) return null;
  const tail = (1 - level) / 2;
  const at = (p: number): number =>
    1 + normalQuantile(p ** (1 / shards)) / Math.sqrt(keys / shards);
  return { low: Math.max(1, at(tail)), high: Math.min(shards, at(1 - tail)) };
}

/**
 * max/mean that no router on this key can beat: the largest key is on one shard, and of the
 * shards + 1 largest two share one. `descending` are the loads of the keys, the largest first;
 * `everywhere` is load that falls on every shard alike. null where there is no load.
 */
export function tenantFloor(
  descending: ArrayLike<number>,
  shards: number,
  everywhere = 0,
): number | null {
  const keyed = sum(descending);
  const perShard = keyed / shards + everywhere;
  if (!(perShard > 0)) return null;
  const pair = (descending[shards - 1] ?? 0) + (descending[shards] ?? 0);
  const heaviest = Math.max(keyed / shards, descending[0] ?? 0, pair);
  return (heaviest + everywhere) / perShard;
}
