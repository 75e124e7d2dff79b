import { present } from '../base/assert.ts';
import type { Hash64 } from '../base/hash/key-hash.ts';
import type { PackedKeys } from '../base/keys.ts';
import { sum } from '../base/statistics/moments.ts';
import { quantileSorted } from '../base/statistics/quantile.ts';
import type { Steps } from '../base/steps.ts';
import { bandSalt } from '../metrics/placement-band.ts';
import { drawKind } from '../placement/draws.ts';
import { relabelledKeys } from '../placement/relabelled-keys.ts';
import { buildRouter, definitionOf, type RouterSpec } from '../router/build-router.ts';
import type { KnownKeys, Router, RouterTopology } from '../router/contract.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { correctSpread, drawnKeys, type DrawnKeys, type DrawnShares } from './drawn-keys.ts';

/** A router on a topology whose placements are to be drawn. */
export interface DrawnPlacing {
  readonly spec: RouterSpec;
  readonly topology: RouterTopology;
  /** Index into the keys. */
  readonly key: number;
  /** Of those that are routed, where they are not those that it is built from: pieces of them. */
  readonly routed?: number;
}

/** What is on the fullest shard, over draws; one draw where the placement is none. */
export interface DrawnLargest {
  readonly over: 'salts' | 'keys' | null;
  /** Share of the load on the shard with most of it, by draw. */
  readonly load: Float64Array;
  /** Share of the bytes (of the rows) on the shard with most of them: in the middle, and p95. */
  readonly rows: { readonly p50: number; readonly p95: number };
  /** Share of the number of keys on the shard with most load, in the middle. */
  readonly keys: number;
}

/** Work of one draw for all placings: what they have in common is done once. */
interface Draw {
  readonly index: number;
  readonly routers: Map<string, Router>;
  readonly words: Map<string, { readonly hi: Uint32Array; readonly lo: Uint32Array }>;
  readonly relabelled: Map<number, PackedKeys>;
}

/**
 * Of routers that share no hash with others, or are built from their keys: their p5 and p95 are
 * good to a fiftieth.
 */
const slowDrawsMost = 250;
/**
 * Of more keys than these so many are placed one by one, and a sample of the rest stands for all:
 * of so many keys a larger head has more of the load.
 */
const manyKeys = 100_000;
const heaviestOfMany = 10_000;
/** Routers that are built from their keys are built as often as this many keys allow. */
const builtKeysMost = 20_000_000;

/**
 * The fullest shard of each placing over so many other salts, or ids; a step for each draw.
 */
export function* drawLargest(
  placings: readonly DrawnPlacing[],
  keys: readonly LoadedKeys[],
  draws: number,
): Steps<DrawnLargest[]> {
  const drawn = keys.map((each) =>
    each.count > manyKeys ? drawnKeys(each, heaviestOfMany) : drawnKeys(each),
  );
  const shares = placings.map((): DrawnShares[] => []);
  const routedOf = ({ routed, key }: DrawnPlacing) => present(drawn[routed ?? key], 'drawn keys');
  for (let index = 0; index < draws; index += 1) {
    const draw: Draw = { index, routers: new Map(), words: new Map(), relabelled: new Map() };
    for (const [place, placing] of placings.entries()) {
      const loaded = present(keys[placing.key], 'keys');
      const built = builtFrom(placing.spec, loaded, present(drawn[placing.key], 'drawn keys'));
      if (index >= drawsOf(placing.spec, built, draws)) continue;
      const whole = present(keys[placing.routed ?? placing.key], 'keys');
      const shared = sharesIn(draw, placing, { loaded, whole, built }, routedOf(placing));
      present(shares[place], 'shares').push(shared);
    }
    yield (index + 1) / draws;
  }
  return placings.map((placing, place) => {
    const { spec } = placing;
    const own = present(shares[place], 'shares');
    if (kindOf(spec) !== null) correctSpread(own, routedOf(placing));
    return summary(kindOf(spec), own);
  });
}

const kindOf = (spec: RouterSpec) => drawKind({ spec, definition: definitionOf(spec) });

function drawsOf(spec: RouterSpec, { count }: KnownKeys, draws: number): number {
  if (kindOf(spec) === null) return 1;
  if (readsKeys(spec)) {
    return Math.min(draws, slowDrawsMost, Math.max(20, Math.floor(builtKeysMost / count)));
  }
  return kindOf(spec) === 'salts' ? draws : Math.min(draws, slowDrawsMost);
}

const readsKeys = (spec: RouterSpec): boolean =>
  definitionOf(spec).traits.placesKnownKeys || spec.pin !== undefined || spec.split !== undefined;

/** Keys that a router is built from, and those that it places, in pieces where it splits some. */
interface PlacingKeys {
  readonly loaded: LoadedKeys;
  readonly whole: LoadedKeys;
  /** In a draw. */
  readonly built: KnownKeys;
}

/**
 * What takes keys by their share of the load finds the same ones among those that are drawn, which
 * have the heaviest, and how full the shards are besides.
 */
function builtFrom(spec: RouterSpec, loaded: LoadedKeys, drawn: DrawnKeys): KnownKeys {
  const { pin, split } = spec;
  const isByShare =
    (pin === undefined || (pin.tenants.length === 0 && pin.above !== null)) &&
    (split === undefined || split.tenants.length === 0) &&
    pin?.aboveRows === undefined &&
    pin?.aboveWritesPerSecond === undefined;
  if (!isByShare || definitionOf(spec).traits.placesKnownKeys) return loaded;
  return { ...drawn.keys, weights: drawn.load, rows: drawn.rows };
}

function sharesIn(
  draw: Draw,
  { spec, topology, key }: DrawnPlacing,
  { loaded, whole, built }: PlacingKeys,
  drawn: DrawnKeys,
): DrawnShares {
  const kind = kindOf(spec);
  // What is no draw is placed as it is, with every key of its own.
  if (kind === null) return wholeShares(spec, topology, loaded, whole);
  const salted = kind === 'salts' ? { ...spec, salt: bandSalt(draw.index) } : spec;
  const router = routerIn(draw, salted, topology, built);
  const shardOf = new Uint32Array(drawn.keys.count);
  const shared = kind === 'salts' ? wordsIn(draw, router, key, drawn.keys) : null;
  if (shared !== null) router.byHash?.place(shared.hi, shared.lo, drawn.keys.count, shardOf);
  else
    routeAll(router, kind === 'keys' ? relabelledIn(draw, key, drawn.keys) : drawn.keys, shardOf);
  return added(shardOf, drawn.load, drawn.rows, drawn.count, topology.shardCount);
}

/** What is on each shard where every key is placed as the router has it. */
export function wholeShares(
  spec: RouterSpec,
  topology: RouterTopology,
  loaded: LoadedKeys,
  routed: LoadedKeys,
): DrawnShares {
  const router = buildRouter(spec, topology, loaded.type, loaded);
  const shardOf = new Uint32Array(routed.count);
  routeAll(router, routed, shardOf);
  const rows = routed.bytesOf ?? routed.rows;
  const total = sum(rows);
  const shares = Float64Array.from(rows, (each) => each / Math.max(total, Number.MIN_VALUE));
  const ones = new Float64Array(routed.count).fill(1 / routed.count);
  return added(shardOf, routed.weights, shares, ones, topology.shardCount);
}

function routerIn(
  { routers }: Draw,
  spec: RouterSpec,
  topology: RouterTopology,
  loaded: KnownKeys,
): Router {
  if (readsKeys(spec)) return buildRouter(spec, topology, loaded.type, loaded);
  const { router, parameter, hash, settings } = spec;
  const name = JSON.stringify([router, parameter, hash, settings, topology, loaded.type]);
  const known = routers.get(name);
  if (known !== undefined) return known;
  const made = buildRouter(spec, topology, loaded.type, loaded);
  routers.set(name, made);
  return made;
}

/** The keys' hashes, the same for all routers of one hash and salt; null: it reads more. */
function wordsIn({ words }: Draw, { byHash }: Router, key: number, keys: PackedKeys) {
  if (byHash === undefined) return null;
  const name = `${key} ${byHash.hash.name}`;
  const known = words.get(name);
  if (known !== undefined) return known;
  const { count, bytes, offsets } = keys;
  const made = { hi: new Uint32Array(count), lo: new Uint32Array(count) };
  const out: Hash64 = { hi: 0, lo: 0 };
  for (let i = 0; i < count; i += 1) {
    byHash.hash.hash(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0, out);
    made.hi[i] = out.hi;
    made.lo[i] = out.lo;
  }
  words.set(name, made);
  return made;
}

function relabelledIn({ relabelled, index }: Draw, key: number, keys: PackedKeys): PackedKeys {
  const known = relabelled.get(key);
  if (known !== undefined) return known;
  const made = relabelledKeys(keys, index);
  relabelled.set(key, made);
  return made;
}

function routeAll(router: Router, { count, bytes, offsets }: PackedKeys, into: Uint32Array): void {
  for (let i = 0; i < count; i += 1) {
    into[i] = router.route(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0);
  }
}

function added(
  shardOf: Uint32Array,
  loads: Float64Array,
  stored: Float64Array,
  numbers: Float64Array,
  shards: number,
): DrawnShares {
  const load = new Float64Array(shards);
  const rows = new Float64Array(shards);
  const count = new Float64Array(shards);
  for (let key = 0; key < shardOf.length; key += 1) {
    const shard = shardOf[key] ?? 0;
    load[shard] = (load[shard] ?? 0) + (loads[key] ?? 0);
    rows[shard] = (rows[shard] ?? 0) + (stored[key] ?? 0);
    count[shard] = (count[shard] ?? 0) + (numbers[key] ?? 0);
  }
  return { load, rows, count };
}

function summary(over: DrawnLargest['over'], draws: readonly DrawnShares[]): DrawnLargest {
  const load = Float64Array.from(draws, (each) => Math.max(...each.load));
  const rows = Float64Array.from(draws, (each) => Math.max(...each.rows)).toSorted();
  const keys = Float64Array.from(draws, (each) => {
    return each.count[each.load.indexOf(Math.max(...each.load))] ?? 0;
  }).toSorted();
  return {
    over,
    load,
    rows: { p50: quantileSorted(rows, 0.5), p95: quantileSorted(rows, 0.95) },
    keys: quantileSorted(keys, 0.5),
  };
}
