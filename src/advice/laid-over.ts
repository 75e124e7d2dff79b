import { leastLoaded } from '../router/algorithms/greedy-placement.ts';
import type { LaidOver } from './candidate-figures.ts';

/** What an overlay takes of some values, and where it puts that. */
export interface Laid {
  /** Values that it takes: the heaviest ones. */
  readonly count: number;
  /** Share of the load that these have together. */
  readonly load: number;
  /** Shards, the last ones, that hold a pinned value and nothing else. */
  readonly reserved: number;
  /** Adds what it takes to the loads of shards that have all else already. */
  place(loads: Float64Array): void;
}

/**
 * The overlay on values of these weights, the heaviest first: each piece of a split one and each
 * pinned one goes to the least loaded shard, or to one of its own.
 */
export function laidOver(weights: Float64Array, shards: number, overlay: LaidOver | null): Laid {
  const { pinAbove = null, splitAbove = null, exclusive = false, over = 1 } = overlay ?? {};
  const reaching = (above: number | null): number =>
    above === null ? 0 : weights.filter((weight) => weight >= above).length;
  const split = over > 1 ? reaching(splitAbove) : 0;
  const count = Math.max(split, reaching(pinAbove));
  // One shard at least is left for all other keys.
  const reserved = exclusive ? Math.min(count - split, shards - 1) : 0;
  return {
    count,
    load: weights.subarray(0, count).reduce((sum, weight) => sum + weight, 0),
    reserved,
    place(loads) {
      for (let value = 0; value < count; value += 1) {
        const weight = weights[value] ?? 0;
        const own = value - split;
        if (own >= 0 && own < reserved) {
          loads[shards - 1 - own] = weight;
          continue;
        }
        const pieces = value < split ? Math.min(over, shards - reserved) : 1;
        const room = Array.from({ length: shards }, (_, at) => (at < shards - reserved ? 1 : 0));
        for (let piece = 0; piece < pieces; piece += 1) {
          const shard = leastLoaded(loads, room);
          loads[shard] = (loads[shard] ?? 0) + weight / pieces;
          room[shard] = 0;
        }
      }
    },
  };
}

/** The weights of what is placed, each piece of a split value for itself, the heaviest first. */
export function inPieces(weights: Float64Array, overlay: LaidOver | null): Float64Array {
  const { splitAbove = null, over = 1 } = overlay ?? {};
  if (splitAbove === null || over < 2) return weights;
  const count = weights.filter((weight) => weight >= splitAbove).length;
  const all = new Float64Array(count * over + weights.length - count);
  for (let piece = 0; piece < count * over; piece += 1) {
    all[piece] = (weights[Math.floor(piece / over)] ?? 0) / over;
  }
  all.set(weights.subarray(count), count * over);
  return all.toSorted().toReversed();
}
