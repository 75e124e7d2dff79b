// Heaviest first to the least loaded shard: Graham 1969, https://doi.org/10.1137/0117039
import { assert, present } from '../../base/assert.ts';
import { keyPiece } from '../../base/key-pieces.ts';
import type { KnownKeys, Router, RouterTopology } from '../contract.ts';
import { leastLoaded } from '../algorithms/greedy-placement.ts';
import { type OverlaidKeys, type Overlay, overlaidKeys } from './overlay-keys.ts';
import { type OverlayEntry, OverlayRouter } from './overlay-router.ts';

/** The router below an overlay. */
export interface InnerRouter {
  /** Whether it places by `keys`, and so can make room for what the overlay places. */
  readonly placesKnownKeys: boolean;
  build(keys: KnownKeys, previous: Router | undefined): Router;
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
 * router that places known keys is told what is placed already (`keys.placed`).
 */
export function overlaid(
  overlay: Overlay,
  topology: RouterTopology,
  keys: KnownKeys,
  inner: InnerRouter,
  previous?: Router,
): Router {
  const before = previous instanceof OverlayRouter ? previous : null;
  const below = before === null ? previous : before.inner;
  const chosen = overlaidKeys(overlay, keys);
  const items = itemsOf(chosen, keys);
  if (items.length === 0) return inner.build(keys, below);
  const rest = { ...keys, weights: weightsWithout(items, keys) };
  const first = inner.build(rest, below);
  const settled = items.every(({ wanted }) => wanted !== null);
  const loads = settled ? new Float64Array(topology.shardCount) : loadsOf(first, rest);
  const shards = place(items, loads, topology, before);
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
  return new OverlayRouter(inner.build({ ...rest, placed }, below), keys, entries);
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

/** The shard of each item; `loads` are those of everything else. */
function place(
  items: readonly Item[],
  loads: Float64Array,
  { shardCount, weights }: RouterTopology,
  before: OverlayRouter | null,
): Int32Array {
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
    if (kept >= 0 && kept < shardCount && (weights[kept] ?? 0) > 0) settle(item, kept);
  }
  const homeless = [...items.keys()].filter((item) => shards[item] === -1);
  const byLoad = homeless.toSorted(
    (a, b) => (items[b]?.load ?? 0) - (items[a]?.load ?? 0) || a - b,
  );
  for (const item of byLoad) {
    const own = taken.get(items[item]?.key ?? -1);
    const capacities = weights.map((weight, shard) => (own?.has(shard) === true ? 0 : weight));
    const shard = leastLoaded(loads, capacities);
    assert(shard >= 0, 'a shard for each piece');
    settle(item, shard);
  }
  return shards;
}
