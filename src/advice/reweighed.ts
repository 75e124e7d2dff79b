import type { Rng } from '../base/rng.ts';
import { quantileSorted } from '../base/statistics/quantile.ts';
import type { LaidOver, MeasuredCandidate } from './candidate-figures.ts';
import { inPieces, laidOver } from './laid-over.ts';
import { weighedMost } from './other-weights.ts';
import { sortedDraws } from './sorted-draws.ts';

/** Placements of the model, each as likely as any other. */
const draws = 20;

/**
 * Candidates as they would be with other weights of their key's values, by a model that places
 * nothing anew: the largest share of a router that hashes goes up and down as that of an even hash
 * does, and that of any other as the floor that no router can beat does.
 */
export class Reweighing {
  /** A uniform number for each draw and value: the shard of the model's hash. */
  readonly #uniform: Float64Array;
  /** Of an even hash: candidates of a key have the same weights. */
  readonly #known = new WeakMap<Float64Array, Map<string, Float64Array>>();

  constructor(rng: Rng) {
    this.#uniform = Float64Array.from({ length: draws * weighedMost }, () => rng.double());
  }

  /** @param weights of the key's values, the heaviest first, together 1 */
  with(candidate: MeasuredCandidate, weights: Float64Array): MeasuredCandidate {
    const { key, shardCount, placed } = candidate;
    const largest =
      placed.over === null
        ? Float64Array.of(this.#byFloor(candidate, weights))
        : this.#byHash(candidate, weights);
    return {
      ...candidate,
      key: { ...key, heaviest: weights },
      placed: { ...placed, largest: largest.map((share) => Math.max(1 / shardCount, share)) },
    };
  }

  #byFloor(candidate: MeasuredCandidate, weights: Float64Array): number {
    const { key, shardCount, placed, overlay = null } = candidate;
    // No further ones have a part in it.
    const first = (all: Float64Array): Float64Array => all.subarray(0, shardCount + 2);
    const floor = floorOf(inPieces(first(weights), overlay), shardCount);
    const before = floorOf(inPieces(first(key.heaviest), overlay), shardCount);
    return Math.min(1, ((placed.largest[0] ?? 1) * floor) / before);
  }

  #byHash(candidate: MeasuredCandidate, weights: Float64Array): Float64Array {
    const { key, shardCount, placed, overlay = null } = candidate;
    const before = this.#largest(key.heaviest, shardCount, overlay);
    const own = sortedDraws(placed.largest);
    return this.#largest(weights, shardCount, overlay).map((share, draw) => {
      const actual = quantileSorted(own, (draw + 0.5) / draws);
      return Math.min(1, (share * actual) / (before[draw] ?? 1));
    });
  }

  /** Share of the fullest shard in each draw, ascending. */
  #largest(weights: Float64Array, shards: number, overlay: LaidOver | null): Float64Array {
    const all = this.#known.get(weights) ?? new Map<string, Float64Array>();
    this.#known.set(weights, all);
    const name = overlay === null ? String(shards) : JSON.stringify([shards, overlay]);
    const before = all.get(name);
    if (before !== undefined) return before;
    const found = this.#placedLargest(weights, shards, overlay);
    all.set(name, found);
    return found;
  }

  #placedLargest(weights: Float64Array, shards: number, overlay: LaidOver | null): Float64Array {
    const count = Math.min(weights.length, weighedMost);
    const laid = laidOver(weights.subarray(0, count), shards, overlay);
    const open = shards - laid.reserved;
    const found = new Float64Array(draws);
    const load = new Float64Array(shards);
    for (let draw = 0; draw < draws; draw += 1) {
      load.fill(0);
      let placed = laid.load;
      for (let value = laid.count; value < count; value += 1) {
        const shard = Math.floor((this.#uniform[draw * weighedMost + value] ?? 0) * open);
        load[shard] = (load[shard] ?? 0) + (weights[value] ?? 0);
        placed += weights[value] ?? 0;
      }
      const rest = Math.max(0, 1 - placed) / open;
      for (let shard = 0; shard < open; shard += 1) load[shard] = (load[shard] ?? 0) + rest;
      laid.place(load);
      found[draw] = Math.max(...load);
    }
    return found.toSorted();
  }
}

/** max/mean that no router can beat: `tenantFloor` of weights that are together 1. */
function floorOf(weights: Float64Array, shards: number): number {
  const pair = (weights[shards - 1] ?? 0) + (weights[shards] ?? 0);
  return shards * Math.max(1 / shards, weights[0] ?? 0, pair);
}
