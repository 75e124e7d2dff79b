// A placement that somebody has, as a list of keys with their shards.
import type { KnownKeys, Router } from './contract.ts';
import { KeyIndex } from './algorithms/key-index.ts';
import { keyOrder } from './key-order.ts';

/**
 * Known keys are on the shards of a list, by their number; where all others go the strategy's own
 * router says. It is no router of any definition: only one that takes a placement of any kind
 * (`traits.adopts`) can be grown from it.
 */
export function mappedRouter(shards: Uint32Array, keys: KnownKeys, own: Router): Router {
  const index = new KeyIndex(keys);
  return {
    shardCount: own.shardCount,
    route(bytes, start, end) {
      const key = index.find(bytes, start, end);
      return key < 0 ? own.route(bytes, start, end) : (shards[key] ?? 0);
    },
    // Where the own router knows no order the list does not help who routes by it.
    ...(own.routeRange !== undefined && { routeRange: rangesOf(shards, keys, own.shardCount) }),
  };
}

/** Visits the shards of the known keys between the two. */
function rangesOf(
  shards: Uint32Array,
  { type, count, bytes, offsets }: KnownKeys,
  shardCount: number,
): NonNullable<Router['routeRange']> {
  const order = keyOrder(type);
  const compare = (key: number, to: Uint8Array): number =>
    order(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0, to, 0, to.length);
  const sorted = new Uint32Array(count).map((_, key) => key);
  sorted.sort((a, b) => compare(a, bytes.subarray(offsets[b] ?? 0, offsets[b + 1] ?? 0)));
  return (from, to, visit) => {
    let first = 0;
    for (let last = count; first < last; ) {
      const middle = (first + last) >>> 1;
      if (compare(sorted[middle] ?? 0, from) < 0) first = middle + 1;
      else last = middle;
    }
    const holds = new Uint8Array(shardCount);
    for (let at = first; at < count && compare(sorted[at] ?? 0, to) <= 0; at += 1) {
      holds[shards[sorted[at] ?? 0] ?? 0] = 1;
    }
    for (const [shard, held] of holds.entries()) if (held === 1) visit(shard);
  };
}
