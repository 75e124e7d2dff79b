import type { PackedKeys } from '../base/keys.ts';
import { chosenKeys } from '../placement/sampled-keys.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';

/**
 * Keys that placements are drawn over, with what each stands for, as shares of all: the heaviest
 * ones and, where there are many, every n-th of the others for its neighbours as well.
 */
export interface DrawnKeys {
  readonly keys: PackedKeys;
  readonly load: Float64Array;
  readonly rows: Float64Array;
  /** Of the number of keys. */
  readonly count: Float64Array;
  /** What sampling adds to the variance of a share; see `spreadCorrection`. */
  readonly squares: Readonly<Record<Amount, { readonly drawn: number; readonly all: number }>>;
}

export type Amount = 'load' | 'rows' | 'count';
const amounts = ['load', 'rows', 'count'] as const;

const heaviestOfFew = 2500;
const othersMost = 2500;

export function drawnKeys(known: LoadedKeys, heaviestMost = heaviestOfFew): DrawnKeys {
  const { count, weights } = known;
  const rows = known.bytesOf ?? known.rows;
  const order = Uint32Array.from({ length: count }, (_, key) => key).toSorted(
    (a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b,
  );
  const isAll = count <= heaviestMost + othersMost;
  const head = isAll ? order : order.subarray(0, heaviestMost);
  const tail = order.subarray(head.length);
  const others = Uint32Array.from({ length: isAll ? 0 : othersMost }, (_, i) => {
    return tail[Math.floor((i * tail.length) / othersMost)] ?? 0;
  });
  const chosen = new Uint32Array(head.length + others.length);
  chosen.set(head);
  chosen.set(others, head.length);
  const ones = new Float64Array(count).fill(1);
  const of = (values: ArrayLike<number>) => sharesOf(values, chosen, head.length, tail);
  const [load, stored, number] = [of(weights), of(rows), of(ones)];
  return {
    keys: chosenKeys(known, chosen),
    load: load.shares,
    rows: stored.shares,
    count: number.shares,
    squares: { load: load.squares, rows: stored.squares, count: number.squares },
  };
}

function sharesOf(
  values: ArrayLike<number>,
  chosen: Uint32Array,
  headCount: number,
  tail: Uint32Array,
) {
  let total = 0;
  let squaresOfAll = 0;
  for (let key = 0; key < values.length; key += 1) {
    total += values[key] ?? 0;
    squaresOfAll += (values[key] ?? 0) ** 2;
  }
  const tailTotal = tail.reduce((sum, key) => sum + (values[key] ?? 0), 0);
  const sampled = chosen.subarray(headCount).reduce((sum, key) => sum + (values[key] ?? 0), 0);
  const scale = sampled > 0 ? tailTotal / sampled : 0;
  const shares = Float64Array.from(chosen, (key, index) => {
    return ((values[key] ?? 0) * (index < headCount ? 1 : scale)) / total;
  });
  const drawn = shares.reduce((sum, share) => sum + share ** 2, 0);
  return { shares, squares: { drawn, all: squaresOfAll / total ** 2 } };
}

/** Shares on each shard, of each amount. */
export type DrawnShares = Readonly<Record<Amount, Float64Array>>;

/**
 * What a draw of all keys would show, from draws of a sample: fewer keys spread less evenly by
 * chance. A share's variance over draws is that of the router's own parts plus p (1 - p) times the
 * sum of the keys' squared shares; the second is put right, the first stays.
 *
 * @param draws the shares of one topology, draw by draw; changed in place
 */
export function correctSpread(draws: readonly DrawnShares[], { squares }: DrawnKeys): void {
  const [first] = draws;
  if (first === undefined) return;
  for (const amount of amounts) {
    const { drawn, all } = squares[amount];
    // Rounding alone makes no sample.
    if (drawn <= all * (1 + 1e-9)) continue;
    const means = first[amount].map((_, shard) => meanOf(draws, amount, shard));
    let variance = 0;
    let chance = 0;
    for (const [shard, mean] of means.entries()) {
      chance += mean * (1 - mean);
      for (const draw of draws) {
        variance += ((draw[amount][shard] ?? 0) - mean) ** 2 / draws.length;
      }
    }
    if (variance === 0) continue;
    const whole = Math.max(0, variance - chance * drawn) + chance * all;
    const factor = Math.min(1, Math.sqrt(whole / variance));
    for (const draw of draws) {
      const shares = draw[amount];
      for (const [shard, mean] of means.entries()) {
        shares[shard] = Math.max(0, mean + factor * ((shares[shard] ?? 0) - mean));
      }
    }
  }
}

function meanOf(draws: readonly DrawnShares[], amount: Amount, shard: number): number {
  return draws.reduce((sum, draw) => sum + (draw[amount][shard] ?? 0), 0) / draws.length;
}
