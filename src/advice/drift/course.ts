import { rngFrom } from '../../base/rng.ts';
import { normalQuantile } from '../../base/statistics/normal.ts';

/** Keys, or pieces of them, where a placement has them; shares of all. */
export interface PlacedKeys {
  readonly shardOf: ArrayLike<number>;
  readonly load: ArrayLike<number>;
  readonly bytes: ArrayLike<number>;
  /** Whose they are: all pieces of a key grow alike. */
  readonly owner: ArrayLike<number>;
}

/** Heaviest keys that grow one by one; the rates of the others even out. */
const followedMost = 1000;

/**
 * One future of a placement, month by month: each key grows by a rate of its own, which it keeps,
 * and new ones spread over all shards. Only shares are looked at here: how fast all grow together
 * is a trend of its own.
 */
export class Course {
  readonly shards: number;
  month = 0;
  readonly #shardOf: Uint32Array;
  readonly #load: Float64Array;
  readonly #bytes: Float64Array;
  readonly #step: Float64Array;
  readonly #restLoad: Float64Array;
  readonly #restBytes: Float64Array;
  readonly #spread: number;
  readonly #dilution: number;

  /**
   * @param spread standard deviation of the logarithm of a key's growth in a month
   * @param dilution logarithm of the growth of the number of keys in a month
   */
  constructor(placed: Followed, { spread, dilution, seed, future }: CourseOptions) {
    this.shards = placed.restLoad.length;
    this.#spread = spread;
    this.#dilution = Math.max(0, dilution);
    const { keys, load, bytes, restLoad, restBytes } = placed;
    this.#shardOf = Uint32Array.from(placed.shardOf);
    this.#load = Float64Array.from(load);
    this.#bytes = Float64Array.from(bytes);
    this.#restLoad = Float64Array.from(restLoad);
    this.#restBytes = Float64Array.from(restBytes);
    const rng = rngFrom(seed, `advice/drift/${future}`);
    const rates = new Map<number, number>();
    this.#step = Float64Array.from(keys, (key, index) => {
      const owner = placed.owner[index] ?? key;
      const rate = rates.get(owner) ?? normalQuantile(Math.max(2 ** -53, rng.double()));
      rates.set(owner, rate);
      return Math.exp(spread * rate);
    });
  }

  /** A month later. */
  next(): void {
    this.month += 1;
    for (let i = 0; i < this.#step.length; i += 1) {
      const step = this.#step[i] ?? 1;
      this.#load[i] = (this.#load[i] ?? 0) * step;
      this.#bytes[i] = (this.#bytes[i] ?? 0) * step;
    }
    // The mean of e^(spread t z) over many keys is e^((spread t)^2 / 2).
    const rest = Math.exp((this.#spread ** 2 * (2 * this.month - 1)) / 2);
    for (let shard = 0; shard < this.shards; shard += 1) {
      this.#restLoad[shard] = (this.#restLoad[shard] ?? 0) * rest;
      this.#restBytes[shard] = (this.#restBytes[shard] ?? 0) * rest;
    }
  }

  /** Shares of the load, or of the bytes, by shard. */
  shares(of: 'load' | 'bytes'): Float64Array {
    const amounts = of === 'load' ? this.#load : this.#bytes;
    const shares = Float64Array.from(of === 'load' ? this.#restLoad : this.#restBytes);
    for (let i = 0; i < amounts.length; i += 1) {
      const shard = this.#shardOf[i] ?? 0;
      shares[shard] = (shares[shard] ?? 0) + (amounts[i] ?? 0);
    }
    const total = shares.reduce((sum, each) => sum + each, 0);
    const fresh = this.#freshFraction();
    return shares.map((each) => ((1 - fresh) * each) / total + fresh / this.shards);
  }

  /** Share of the load of the heaviest key, or piece of one. */
  largest(): number {
    return Math.max(...this.#load) * this.#scale();
  }

  /**
   * Moves the key from the fullest shard to the emptiest one that evens these out most; gives its
   * share of the load, null where every key there is too heavy to be better off elsewhere.
   */
  moveOne(): number | null {
    const shares = this.shares('load');
    const full = shares.indexOf(Math.max(...shares));
    const empty = shares.indexOf(Math.min(...shares));
    const gap = ((shares[full] ?? 0) - (shares[empty] ?? 0)) / this.#scale();
    let found = -1;
    let least = Infinity;
    for (let i = 0; i < this.#load.length; i += 1) {
      const load = this.#load[i] ?? 0;
      const off = Math.abs(load - gap / 2);
      if (this.#shardOf[i] !== full || load <= 0 || load >= gap || off >= least) continue;
      found = i;
      least = off;
    }
    if (found < 0) return null;
    this.#shardOf[found] = empty;
    return (this.#load[found] ?? 0) * this.#scale();
  }

  #freshFraction(): number {
    return 1 - Math.exp(-this.#dilution * this.month);
  }

  /** From what is counted to shares of all. */
  #scale(): number {
    const sum = (amounts: Float64Array): number => amounts.reduce((all, each) => all + each, 0);
    return (1 - this.#freshFraction()) / (sum(this.#load) + sum(this.#restLoad));
  }
}

export interface CourseOptions {
  readonly spread: number;
  readonly dilution: number;
  readonly seed: number;
  /** Which of the futures this is. */
  readonly future: number;
}

/** Keys that are followed one by one, the heaviest first, and by shard what the others come to. */
export interface Followed extends PlacedKeys {
  readonly keys: Uint32Array;
  readonly restLoad: Float64Array;
  readonly restBytes: Float64Array;
}

/** What all futures of a placement have in common. */
export function followed(placed: PlacedKeys, shards: number): Followed {
  const order = Uint32Array.from({ length: placed.load.length }, (_, key) => key).toSorted(
    (a, b) => (placed.load[b] ?? 0) - (placed.load[a] ?? 0) || a - b,
  );
  const keys = order.subarray(0, followedMost);
  const of = (amounts: ArrayLike<number>): Float64Array =>
    Float64Array.from(keys, (key) => amounts[key] ?? 0);
  const restLoad = new Float64Array(shards);
  const restBytes = new Float64Array(shards);
  for (const key of order.subarray(followedMost)) {
    const shard = placed.shardOf[key] ?? 0;
    restLoad[shard] = (restLoad[shard] ?? 0) + (placed.load[key] ?? 0);
    restBytes[shard] = (restBytes[shard] ?? 0) + (placed.bytes[key] ?? 0);
  }
  return {
    keys,
    shardOf: Uint32Array.from(keys, (key) => placed.shardOf[key] ?? 0),
    load: of(placed.load),
    bytes: of(placed.bytes),
    owner: of(placed.owner),
    restLoad,
    restBytes,
  };
}
