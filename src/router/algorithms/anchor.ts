// AnchorHash: Mendelson, Vargaftik, Barabash, Lorenz, Keslassy, Orda 2020, arXiv 1812.09674
import { AnchorBuckets } from './anchor-buckets.ts';
import { buildBucketRouter } from './bucket-router.ts';
import { capacityMax, requireRoom } from './capacity.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { rememberedMovement } from '../expected-movement.ts';

/**
 * Enough for 256 times four shards. A key takes 1 + ln(capacity / n) draws, so room costs little,
 * and it does not depend on n: a router built for n shards is the one grown to n from fewer.
 */
const usualCapacity = 1024;

/** Growing from N to M moves (M - N) / M of the keys, removing K of N shards K / N: the least. */
export const anchor: RouterDefinition = {
  name: 'anchor',
  summary: 'AnchorHash: even; any shard can be removed and added again; fixed room for C shards',
  traits: {
    ...baseTraits,
    monotone: true,
    removesAny: true,
    hashes: true,
    lookup: 'O(ln² C/n)',
    memory: 'O(C)',
  },
  parameter: { name: 'capacity', default: usualCapacity, min: 1, max: capacityMax },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options, previous) {
    const capacity = options.parameter ?? usualCapacity;
    requireRoom('anchor', capacity, topology.shardCount);
    return buildBucketRouter(`anchor:${capacity}`, topology, options, previous, (working) =>
      AnchorBuckets.of(capacity, working),
    );
  },
  expectedMovement: rememberedMovement,
};
