import type { PackedKeys } from '../base/keys.ts';
import { present } from '../base/assert.ts';
import { rngFrom } from '../base/rng.ts';
import { quantileSorted } from '../base/statistics/quantile.ts';
import { bandOf, bandSalt } from '../metrics/placement-band.ts';
import { buildRouter, type RouterSpec } from '../router/build-router.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { type Drift, drawFuture, type Future } from './drifted-loads.ts';
import { type DrawnKeys, drawnKeys } from './drawn-keys.ts';
import { type PlacedValues, ratioAfter } from './drifted-ratio.ts';

/** A router whose salt is to be chosen among those that its placements were drawn with. */
export interface SaltCase {
  readonly spec: RouterSpec;
  readonly shardCount: number;
  /** Share of the load on the fullest shard, by number of the salt. */
  readonly largest: Float64Array;
  readonly known: LoadedKeys;
  readonly ahead: ValuesAhead;
  /** After which it should still be a good one. */
  readonly months: number;
}

/** The heaviest values of a key, and futures of them: the same for all routers. */
export interface ValuesAhead {
  readonly values: DrawnKeys;
  readonly drift: Drift;
  readonly futures: readonly Future[];
}

export function valuesAhead(known: LoadedKeys, drift: Drift, seed: number): ValuesAhead {
  const values = drawnKeys(known);
  const rng = rngFrom(seed, 'advice/salts');
  const futures = Array.from({ length: choosingFutures + heldOutFutures }, () =>
    drawFuture(values.keys.count, drift, rng),
  );
  return { values, drift, futures };
}

/** max/mean of the load of the shards with one salt, beside what the middle one of others has. */
export interface SaltAfter {
  readonly months: number;
  /** Over futures. */
  readonly own: { readonly p5: number; readonly p50: number; readonly p95: number };
  readonly median: number;
}

export interface ChosenSalt {
  /** Its number: `bandSalt` of it is the salt. */
  readonly index: number;
  readonly tried: number;
  /** max/mean today, on so many shards and on twice as many. */
  readonly now: { readonly own: number; readonly median: number };
  readonly doubled: { readonly own: number; readonly median: number };
  readonly after: readonly SaltAfter[];
  /** Share of the load on the fullest shard after the months asked for, by future. */
  readonly largest: Float64Array;
}

/** Salts whose futures are looked at; the best ones of today. */
const shortlist = 24;
/** Futures that one is chosen in; how it fares is said of others. */
const choosingFutures = 12;
const heldOutFutures = 40;
/** Salts that were not chosen, for the middle. */
const others = 9;
const shownMonths = [12, 24];
/** Where nine of ten salts are as good as this, there is nothing to choose. */
const worthChoosing = 1.02;

/**
 * The salt that places the values well today, on so many shards and on twice as many, and still
 * will when they have grown at rates of their own and others have come. null where all are alike.
 */
export function chosenSalt(asked: SaltCase): ChosenSalt | null {
  const { largest, shardCount, known, ahead, months } = asked;
  const { values, drift, futures } = ahead;
  const sorted = largest.toSorted();
  const middle = quantileSorted(sorted, 0.5);
  if (largest.length < others || middle < worthChoosing * (sorted[0] ?? 0)) return null;
  const place = (salt: number, shards: number): PlacedValues =>
    placedWith(asked, values.keys, salt, shards);
  const order = Array.from(largest, (_, salt) => salt).toSorted(
    (a, b) => (largest[a] ?? 0) - (largest[b] ?? 0) || a - b,
  );
  const ratio = (placed: PlacedValues, future: Future | null, after: number): number =>
    ratioAfter(placed, values.load, future, { months: after, drift, count: known.count });
  const tried = order.slice(0, shortlist).map((salt) => {
    const [own, twice] = [place(salt, shardCount), place(salt, 2 * shardCount)];
    return { salt, own, twice };
  });
  const rest = Array.from({ length: others }, (_, index) => {
    const salt = Math.floor(((index + 0.5) * largest.length) / others);
    return { own: place(salt, shardCount), twice: place(salt, 2 * shardCount) };
  });
  const twiceNow = medianOf(rest.map(({ twice }) => ratio(twice, null, 0)));
  const [best] = tried
    .map((each) => {
      const then = futures
        .slice(0, choosingFutures)
        .map((future) => ratio(each.own, future, months));
      const mean = then.reduce((sum, one) => sum + one, 0) / then.length;
      // The step after this one counts as much as the months do.
      const score = mean / (middle * shardCount) + ratio(each.twice, null, 0) / twiceNow;
      return { each, score };
    })
    .toSorted((a, b) => a.score - b.score || a.each.salt - b.each.salt);
  const { own, twice, salt } = present(best, 'salt').each;
  const heldOut = futures.slice(choosingFutures);
  const after = (later: number): SaltAfter => ({
    months: later,
    own: bandOf(Float64Array.from(heldOut, (future) => ratio(own, future, later))),
    median: medianOf(
      heldOut.flatMap((future) => rest.map((each) => ratio(each.own, future, later))),
    ),
  });
  return {
    index: salt,
    tried: largest.length,
    now: { own: (largest[salt] ?? 0) * shardCount, median: middle * shardCount },
    doubled: { own: ratio(twice, null, 0), median: twiceNow },
    after: shownMonths.map(after),
    largest: Float64Array.from(heldOut, (future) => ratio(own, future, months) / shardCount),
  };
}

function medianOf(values: readonly number[]): number {
  return quantileSorted(Float64Array.from(values).toSorted(), 0.5);
}

function placedWith(
  { spec, known }: SaltCase,
  { bytes, offsets, count }: PackedKeys,
  salt: number,
  shards: number,
): PlacedValues {
  const topology = { shardCount: shards, weights: Array.from({ length: shards }, () => 1) };
  const router = buildRouter({ ...spec, salt: bandSalt(salt) }, topology, known.type, known);
  const shardOf = new Uint32Array(count);
  for (let key = 0; key < count; key += 1) {
    shardOf[key] = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
  }
  return { shards, shardOf };
}
