// Many tablets a server, as in Bigtable (Chang et al. 2006, section 5.2), dealt out in turn.
import { assert } from '../../base/assert.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition, RouterTopology } from '../contract.ts';
import { cutPieces, dealRemoved } from './interleaved-growth.ts';
import { quantileSegments, type Segment, type SortedKeys } from './range-segments.ts';
import { SegmentRouter } from './segment-router.ts';
import { sortKeys } from './sorted-keys.ts';

const usualRanges = 8;

/** Range i of shards x ranges belongs to shard i modulo shards; its rows follow its weight. */
function dealt(keys: SortedKeys, topology: RouterTopology, ranges: number): Segment[] {
  const { shardCount, weights } = topology;
  const live = weights.filter((weight) => weight > 0).length;
  // A range needs a key: more rounds than that would be empty.
  const rounds = Math.max(1, Math.min(ranges, Math.ceil(keys.count / live)));
  const repeated = Array.from({ length: rounds }, () => weights).flat();
  return quantileSegments(keys, repeated).map(({ shard, low, from, to }) => {
    return { shard: shard % shardCount, low, from, to };
  });
}

function resize(
  previous: SegmentRouter,
  topology: RouterTopology,
  keys: SortedKeys,
  ranges: number,
): Segment[] {
  const { shardCount, weights } = topology;
  const isGone = (shard: number): boolean => shard >= shardCount || weights[shard] === 0;
  const segments = dealRemoved(previous.segmentsOver(keys), keys, weights, isGone);
  const firstNew = previous.shardCount;
  for (let shard = firstNew; shard < shardCount; shard += 1) {
    if (!isGone(shard)) cutPieces(segments, keys, weights, shard, firstNew, ranges);
  }
  return segments;
}

/**
 * What is read often because it is next to each other (the last days, say) lies on several shards;
 * keys beyond the last still all go to the shard of the last range, as with `range`.
 */
export const interleaved: RouterDefinition = {
  name: 'interleaved',
  summary: 'R ranges for each shard, dealt in turn: short runs of neighbouring keys stay together',
  traits: {
    ...baseTraits,
    monotone: true,
    weighted: true,
    ordered: true,
    removesAny: true,
    lookup: 'O(log nR)',
    memory: 'O(nR)',
    placesKnownKeys: true,
  },
  parameter: { name: 'ranges', default: usualRanges, min: 1, max: 4096 },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, { keys: known, keyType, parameter }, previous) {
    const ranges = parameter ?? usualRanges;
    const keys = sortKeys(known, keyType);
    if (previous === undefined) {
      return new SegmentRouter('interleaved', topology, dealt(keys, topology, ranges), keyType);
    }
    assert(previous instanceof SegmentRouter, 'interleaved grows from an interleaved router only');
    const segments = resize(previous, topology, keys, ranges);
    return new SegmentRouter('interleaved', topology, segments, keyType);
  },
};
