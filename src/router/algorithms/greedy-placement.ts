// Longest processing time first: Graham 1969, https://doi.org/10.1137/0117039

/** The shard with the least load for its capacity; ties to the first; capacity 0 takes no part. */
export function leastLoaded(loads: ArrayLike<number>, capacities: readonly number[]): number {
  let best = -1;
  let bestUtilisation = Number.POSITIVE_INFINITY;
  for (const [shard, capacity] of capacities.entries()) {
    if (capacity === 0) continue;
    const utilisation = (loads[shard] ?? 0) / capacity;
    if (utilisation < bestUtilisation) {
      best = shard;
      bestUtilisation = utilisation;
    }
  }
  return best;
}

/**
 * Gives each of the keys, heaviest first, to the least loaded shard. Writes their shards into
 * `placement` and adds their weights to `loads`, which may hold earlier keys.
 */
export function placeGreedily(
  keys: Uint32Array,
  weights: ArrayLike<number>,
  capacities: readonly number[],
  placement: Uint32Array,
  loads: Float64Array,
): void {
  const order = keys.toSorted((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  for (const key of order) {
    const shard = leastLoaded(loads, capacities);
    placement[key] = shard;
    loads[shard] = (loads[shard] ?? 0) + (weights[key] ?? 0);
  }
}
