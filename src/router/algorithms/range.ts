// Range partitioning: Bigtable (Chang et al. 2006) and every database with PARTITION BY RANGE.
import { assert } from '../../base/assert.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition, RouterTopology } from '../contract.ts';
import {
  mergeRemoved,
  quantileSegments,
  type Segment,
  type SortedKeys,
  splitHeaviest,
} from './range-segments.ts';
import { rangeMovement } from './range-movement.ts';
import { SegmentRouter } from './segment-router.ts';
import { sortKeys } from './sorted-keys.ts';

function resize(previous: SegmentRouter, topology: RouterTopology, keys: SortedKeys): Segment[] {
  const { shardCount, weights } = topology;
  const isGone = (shard: number): boolean => shard >= shardCount || weights[shard] === 0;
  const segments = mergeRemoved(previous.segmentsOver(keys), isGone);
  for (let shard = previous.shardCount; shard < shardCount; shard += 1) {
    if (!isGone(shard)) splitHeaviest(segments, keys, weights, shard);
  }
  return segments;
}

/** Each added shard takes the upper part of one range; the other shards keep all they have. */
export const range: RouterDefinition = {
  name: 'range',
  summary:
    'neighbouring keys together, bounds at row-count quantiles; new keys go to the last shard',
  traits: {
    ...baseTraits,
    monotone: true,
    weighted: true,
    ordered: true,
    removesAny: true,
    lookup: 'O(log n)',
    memory: 'O(n)',
    placesKnownKeys: true,
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, { keys: known, keyType }, previous) {
    const keys = sortKeys(known, keyType);
    if (previous === undefined) {
      return new SegmentRouter(
        'range',
        topology,
        quantileSegments(keys, topology.weights),
        keyType,
      );
    }
    assert(previous instanceof SegmentRouter, 'range grows from a range router only');
    return new SegmentRouter('range', topology, resize(previous, topology, keys), keyType);
  },
  expectedMovement: rangeMovement,
};
