// Consistent hashing with bounded loads: Mirrokni, Thorup, Zadimoghaddam 2016, arXiv 1608.01350
import { present } from '../../base/assert.ts';
import type { Hash64, KeyHash } from '../../base/hash/key-hash.ts';
import { BoundedPlacement, capacitiesOf } from './bounded-placement.ts';
import { baseTraits } from '../base-traits.ts';
import type { KnownKeys, Router, RouterDefinition } from '../contract.ts';
import { KeyIndex } from './key-index.ts';
import { ringPoints } from './ring-points.ts';
import { RingSearch } from './ring-search.ts';
import { spreadWarnings } from './ring-shares.ts';
import { vnodesOf } from './ring-vnodes.ts';

/** Points of a shard of weight 1, as of the plain ring: the bound is all that differs. */
const vnodesPerShard = 150;

/** Index of each key's point. */
function homesOf(keys: KnownKeys, hash: KeyHash, search: RingSearch): Uint32Array {
  const out: Hash64 = { hi: 0, lo: 0 };
  return new Uint32Array(keys.count).map((_, key) => {
    hash.hash(keys.bytes, keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0, out);
    return search.indexOf(out.hi, out.lo);
  });
}

/** Shard of each key in another router. */
function shardsIn(router: Router, keys: KnownKeys): Uint32Array {
  return new Uint32Array(keys.count).map((_, key) =>
    router.route(keys.bytes, keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0),
  );
}

/**
 * The bound counts keys, whatever their load. Growing from a previous router keeps keys where they
 * are if they may stay: from 32 to 33 shards with 5 percent that moved 0.033 of 5,000 keys, placing
 * them all anew 0.037; the least is 0.030.
 */
export const boundedRing: RouterDefinition = {
  name: 'bounded-ring',
  summary:
    'a ring; no shard holds more known keys than its share plus P percent; stored in a table',
  traits: {
    ...baseTraits,
    weighted: true,
    removesAny: true,
    hashes: true,
    hashesLabels: true,
    lookup: 'O(1)',
    memory: 'O(nV + k)',
    placesKnownKeys: true,
    adopts: true,
  },
  parameter: { name: 'percent', default: 25, min: 1, max: 1000 },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options, previous) {
    const { keys } = options;
    const hash = present(options.hash, 'hash for bounded-ring');
    const points = ringPoints(hash, options.salt, vnodesOf(topology, vnodesPerShard));
    const search = new RingSearch(points, hash.bits);
    const capacities = capacitiesOf(keys.count, topology.weights, options.parameter ?? 25);
    const placement = new BoundedPlacement(points, homesOf(keys, hash, search), capacities);
    if (previous !== undefined) placement.keep(shardsIn(previous, keys));
    placement.placeRest();
    const { shards } = placement;
    const openOwners = placement.openOwners();
    const index = new KeyIndex(keys);
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount: topology.shardCount,
      route(bytes, start, end) {
        const key = index.find(bytes, start, end);
        if (key >= 0) return shards[key] ?? 0;
        hash.hash(bytes, start, end, out);
        return openOwners[search.indexOf(out.hi, out.lo)] ?? 0;
      },
      warnings: spreadWarnings(hash, topology, points),
    };
  },
};
