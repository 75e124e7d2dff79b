// MementoHash: Coluzzi, Brocco, Antonucci, Leidi 2023, https://arxiv.org/abs/2306.09783
import { buildBucketRouter } from './bucket-router.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { rememberedMovement } from '../expected-movement.ts';
import { MementoBuckets } from './memento-buckets.ts';

/**
 * Growing from N to M moves (M - N) / M of the keys, removing K of N shards K / N: the least. While
 * only the last shard goes it places as jump does, in O(log n); the removed cost O(ln² of n / those
 * that work) on top.
 */
export const memento: RouterDefinition = {
  name: 'memento',
  summary:
    'MementoHash: jump consistent hash that stores removals, so that any shard can be removed',
  traits: {
    ...baseTraits,
    monotone: true,
    removesAny: true,
    hashes: true,
    lookup: 'O(log² n)',
    memory: 'O(n)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options, previous) {
    return buildBucketRouter('memento', topology, options, previous, (working) =>
      MementoBuckets.of(working),
    );
  },
  expectedMovement: rememberedMovement,
};
