import type { Rng } from '../base/rng.ts';
import { quantileSorted } from '../base/statistics/quantile.ts';
import { tenantFloor } from '../metrics/imbalance.ts';
import type { LaidOver, MeasuredCandidate } from './candidate-figures.ts';
import { laidOver } from './laid-over.ts';

/** Placements of the model, each as likely as any other. */
const draws = 20;
/** Heaviest values that are placed one by one; the rest is taken to be spread evenly. */
const placedMost = 2000;

/**
 * Candidates as they would be with other weights of their key's values, by a model that places
 * nothing anew: the largest share of a router that hashes goes up and down as that of an even hash
 * does, and that of any other as the floor that no router can beat does.
 */
export class Reweighing {
  /** A uniform number for each draw and value: the shard of the model's hash. */
  readonly #uniform: Float64Array;
  /** Of an even hash with the weights as they are, by key and number of shards, ascending. */
  readonly #before = new Map<string, Float64Array>();

  constructor(rng: Rng) {
    this.#uniform = Float64Array.from({ length: draws * placedMost }, () => rng.double());
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

  #byFloor({ key, shardCount, placed }: MeasuredCandidate, weights: Float64Array): number {
    const floor = tenantFloor(weights, shardCount) ?? 1;
    const before = tenantFloor(key.heaviest, shardCount) ?? 1;
    return Math.min(1, ((placed.largest[0] ?? 1) * floor) / before);
  }

  #byHash(candidate: MeasuredCandidate, weights: Float64Array): Float64Array {
    const { key, shardCount, placed, overlay = null } = candidate;
    const name = JSON.stringify([shardCount, key.key, overlay]);
    const before = this.#before.get(name) ?? this.#largest(key.heaviest, shardCount, overlay);
    this.#before.set(name, before);
    const own = placed.largest.toSorted();
    return this.#largest(weights, shardCount, overlay).map((share, draw) => {
      const actual = quantileSorted(own, (draw + 0.5) / draws);
      return Math.min(1, (share * actual) / (before[draw] ?? 1));
    });
  }

  /** Share of the fullest shard in each draw, ascending. */
  #largest(weights: Float64Array, shards: number, overlay: LaidOver | null): Float64Array {
    const count = Math.min(weights.length, placedMost);
    const laid = laidOver(weights.subarray(0, count), shards, overlay);
    const open = shards - laid.reserved;
    const found = new Float64Array(draws);
    const load = new Float64Array(shards);
    for (let draw = 0; draw < draws; draw += 1) {
      load.fill(0);
      let placed = laid.load;
      for (let value = laid.count; value < count; value += 1) {
        const shard = Math.floor((this.#uniform[draw * placedMost + value] ?? 0) * open);
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

/** As many values with weights drawn from these, each as often as chance has it. */
export function resampled(weights: Float64Array, rng: Rng): Float64Array {
  const { length } = weights;
  return shares(weights.map(() => weights[Math.floor(rng.double() * length)] ?? 0));
}

/** The heaviest one has so many times its load, the others what they had. */
export function withHeaviest(weights: Float64Array, factor: number): Float64Array {
  return shares(weights.map((weight, value) => (value === 0 ? weight * factor : weight)));
}

/** The heaviest first, together 1. */
function shares(weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights
    .map((weight) => weight / total)
    .toSorted()
    .toReversed();
}
