import type { Rng } from '../base/rng.ts';
import { normalQuantile } from '../base/statistics/normal.ts';
import type { Uncertain } from '../scenario/growth-types.ts';

/** How values of a key grow: each at a rate of its own, and new ones come. */
export interface Drift {
  /** Growth a month of one value's load. */
  readonly load: Uncertain;
  /** Growth a month of the number of values. */
  readonly arrivals: number;
}

/** A future of the values that there are. */
export interface Future {
  /** Growth a month of each value, as its logarithm. */
  readonly rates: Float64Array;
  /** For new values: which ones they are like, and where they come to lie. */
  readonly uniform: Float64Array;
}

/** New values that are placed one by one; further ones are spread evenly. */
const newMost = 2000;
/** Nothing shrinks by more than 95 % a month. */
const least = -0.95;

export function drawFuture(values: number, { load }: Drift, rng: Rng): Future {
  const rates = Float64Array.from({ length: values }, () => {
    const deviate = normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, rng.double())));
    return Math.log1p(Math.max(least, load.value + load.spread * deviate));
  });
  return { rates, uniform: Float64Array.from({ length: 2 * newMost }, () => rng.double()) };
}

/** Shares of all values after so many months, those that there are and, together, the new ones. */
export function loadAfter(
  { rates }: Future,
  loads: Float64Array,
  months: number,
  { arrivals }: Drift,
): { readonly loads: Float64Array; readonly added: number } {
  const grown = loads.map((load, value) => load * Math.exp((rates[value] ?? 0) * months));
  const all = grown.reduce((sum, load) => sum + load, 0);
  // As large as the others are by then, on average.
  const added = Math.max(0, (1 + arrivals) ** months - 1);
  const total = all * (1 + added);
  return { loads: grown.map((load) => load / total), added: added / (1 + added) };
}

/**
 * Where the new values' share lies: each is like one of those that there are, and lies on any
 * shard, because nobody knew them when a salt was chosen.
 *
 * @param count values that there are
 */
export function addedByShard(
  { uniform }: Future,
  loads: Float64Array,
  {
    count,
    added,
    shards,
  }: { readonly count: number; readonly added: number; readonly shards: number },
): Float64Array {
  const byShard = new Float64Array(shards);
  if (added === 0) return byShard;
  const number = Math.round((count * added) / (1 - added));
  const placed = Math.min(number, newMost);
  let drawn = 0;
  for (let value = 0; value < placed; value += 1) {
    const load = loads[Math.floor((uniform[2 * value] ?? 0) * loads.length)] ?? 0;
    const shard = Math.floor((uniform[2 * value + 1] ?? 0) * shards);
    byShard[shard] = (byShard[shard] ?? 0) + load;
    drawn += load;
  }
  const share = number === 0 ? 0 : (added * placed) / number;
  const scale = drawn > 0 ? share / drawn : 0;
  return byShard.map((load) => load * scale + (added - (drawn > 0 ? share : 0)) / shards);
}
