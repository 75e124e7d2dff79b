// Heaviest first to the least loaded shard: Graham 1969, https://doi.org/10.1137/0117039
import { assert, present } from '../../base/assert.ts';
import { keyPiece } from '../../base/key-pieces.ts';
import type { KnownKeys, Router, RouterTopology } from '../contract.ts';
import { leastLoaded } from '../algorithms/greedy-placement.ts';
import { exclusiveShards } from './exclusive-pins.ts';
import { type OverlaidKeys, type Overlay, overlaidKeys } from './overlay-keys.ts';
import type { OverlayEntry } from './overlay-entry.ts';
import { OverlayRouter } from './overlay-router.ts';
import { SomeShardsRouter } from './some-shards-router.ts';

/** The router below an overlay. */
export interface InnerRouter {
  /** Whether it places by `keys`, and so can make room for what the overlay places. */
  readonly placesKnownKeys: boolean;
  build(topology: RouterTopology, keys: KnownKeys, previous: Router | undefined): Router;
}

/** A key or piece on its way to a shard. */
interface Item {
  readonly key: number;
  readonly bytes: Uint8Array;
  readonly load: number;
  /** null: the least loaded shard (that has no other piece of the key). */
  readonly wanted: number | null;
}

/**
 * Lays pins and splits over a router: a pinned key goes to the shard it is pinned to, a split one
 * to `over` shards, one piece each. Keys and pieces without a named shard go to the least loaded
 * one, heaviest first, counting what the router below sends where; once placed they stay, given
 * `previous`, as long as their shard does. All other keys stay where the router below has them. A
 * router that places known keys is told what is placed already (`keys.placed`). Where pins are
 * exclusive, their shards are chosen first, and the router below is one over the other shards.
 */
export function overlaid(
  overlay: Overlay,
  topology: RouterTopology,
  keys: KnownKeys,
  inner: InnerRouter,
  previous?: Router,
): Router {
  const before = previous instanceof OverlayRouter ? previous : null;
  const chosen = overlaidKeys(overlay, keys);
  const isExclusive = overlay.pin?.exclusive === true && chosen.pinned.length > 0;
  const found = itemsOf(chosen, keys);
  if (found.length === 0) return inner.build(topology, keys, before?.inner ?? previous);
  const reserved = isExclusive ? reservedShards(found, chosen.pinned.length, topology, before) : [];
  const items = found.map(({ key, bytes, load, wanted }, i): Item => {
    return { key, bytes, load, wanted: reserved[i] ?? wanted };
  });
  const build = isExclusive ? onOtherShards(inner, topology, reserved) : inner.build.bind(inner);
  const below = before === null ? previous : before.inner;
  const rest = { ...keys, weights: weightsWithout(items, keys) };
  const first = build(topology, rest, below);
  const settled = items.every(({ wanted }) => wanted !== null);
  const loads = settled ? new Float64Array(topology.shardCount) : loadsOf(first, rest);
  const shards = place(items, loads, topology, before, reserved);
  const entries = items.map(
    ({ key, bytes }, i): OverlayEntry => ({
      bytes,
      keyBytes: (keys.offsets[key + 1] ?? 0) - (keys.offsets[key] ?? 0),
      shard: shards[i] ?? 0,
    }),
  );
  if (!inner.placesKnownKeys) return new OverlayRouter(first, keys, entries);
  const placed = new Float64Array(topology.shardCount);
  for (const [i, { load }] of items.entries()) {
    placed[shards[i] ?? 0] = (placed[shards[i] ?? 0] ?? 0) + load;
  }
  return new OverlayRouter(build(topology, { ...rest, placed }, below), keys, entries);
}

/** Shards of the pinned keys, which are the first `count` items, where they are exclusive. */
function reservedShards(
  items: readonly Item[],
  count: number,
  topology: RouterTopology,
  before: OverlayRouter | null,
): number[] {
  const pinned = items.slice(0, count).map(({ wanted, load, bytes }) => {
    return { wanted, load, before: before?.find(bytes) ?? -1 };
  });
  return [...exclusiveShards(pinned, topology, before?.shardCount ?? topology.shardCount)];
}

/** Builds the router below on all shards but the reserved ones. */
function onOtherShards(
  inner: InnerRouter,
  { shardCount, weights }: RouterTopology,
  reserved: readonly number[],
): InnerRouter['build'] {
  const open = weights.flatMap((_, shard) => (reserved.includes(shard) ? [] : [shard]));
  const ofOpen = (amounts: ArrayLike<number>) => open.map((shard) => amounts[shard] ?? 0);
  const topology = { shardCount: open.length, weights: ofOpen(weights) };
  return (_, { placed, ...keys }, previous) => {
    // A placement that reserved other shards, or none, is nothing to grow from.
    const below = previous instanceof SomeShardsRouter ? previous.growsTo(open) : undefined;
    const own = { ...keys, ...(placed && { placed: ofOpen(placed) }) };
    return new SomeShardsRouter(inner.build(topology, own, below), open, shardCount);
  };
}

/** Pinned keys and all pieces of split ones, in that order. */
function itemsOf({ pinned, split, over }: OverlaidKeys, keys: KnownKeys): Item[] {
  const bytesOf = (key: number) =>
    keys.bytes.slice(keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0);
  const whole = pinned.map(({ key, shard }) => {
    return { key, bytes: bytesOf(key), load: keys.weights[key] ?? 0, wanted: shard };
  });
  const pieces = split.flatMap((key) => {
    const load = (keys.weights[key] ?? 0) / over;
    return Array.from({ length: over }, (_, piece) => {
      return { key, bytes: keyPiece(bytesOf(key), piece), load, wanted: null };
    });
  });
  return [...whole, ...pieces];
}

function weightsWithout(items: readonly Item[], { count, weights }: KnownKeys): Float64Array {
  const rest = Float64Array.from({ length: count }, (_, key) => weights[key] ?? 0);
  for (const { key } of items) rest[key] = 0;
  return rest;
}

/** Load that a router sends to each shard. */
function loadsOf(router: Router, keys: KnownKeys): Float64Array {
  const loads = new Float64Array(router.shardCount);
  for (let key = 0; key < keys.count; key += 1) {
    const shard = router.route(keys.bytes, keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0);
    loads[shard] = (loads[shard] ?? 0) + (keys.weights[key] ?? 0);
  }
  return loads;
}

/**
 * The shard of each item; `loads` are those of everything else. Only what names a reserved shard
 * goes to one.
 */
function place(
  items: readonly Item[],
  loads: Float64Array,
  { shardCount, weights }: RouterTopology,
  before: OverlayRouter | null,
  reserved: readonly number[],
): Int32Array {
  const open = weights.map((weight, shard) => (reserved.includes(shard) ? 0 : weight));
  const shards = new Int32Array(items.length).fill(-1);
  /** Shards that a key has no room for: they hold another piece of it. */
  const taken = new Map<number, Set<number>>();
  const settle = (item: number, shard: number): void => {
    const { key, load } = present(items[item], 'item');
    shards[item] = shard;
    loads[shard] = (loads[shard] ?? 0) + load;
    const own = taken.get(key);
    if (own === undefined) taken.set(key, new Set([shard]));
    else own.add(shard);
  };
  for (const [item, { wanted, bytes }] of items.entries()) {
    const kept = wanted ?? before?.find(bytes) ?? -1;
    const room = (wanted === null ? open : weights)[kept] ?? 0;
    if (kept >= 0 && kept < shardCount && room > 0) settle(item, kept);
  }
  const homeless = [...items.keys()].filter((item) => shards[item] === -1);
  const byLoad = homeless.toSorted(
    (a, b) => (items[b]?.load ?? 0) - (items[a]?.load ?? 0) || a - b,
  );
  for (const item of byLoad) {
    const own = taken.get(items[item]?.key ?? -1);
    const capacities = open.map((weight, shard) => (own?.has(shard) === true ? 0 : weight));
    const shard = leastLoaded(loads, capacities);
    assert(shard >= 0, 'a shard for each piece');
    settle(item, shard);
  }
  return shards;
}
