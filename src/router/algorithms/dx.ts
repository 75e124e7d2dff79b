// DxHash: Dong, Wang 2021, https://arxiv.org/abs/2107.07930
import { assert, present } from '../../base/assert.ts';
import type { Hash64, KeyHash } from '../../base/hash/key-hash.ts';
import { capacityMax, requireRoom } from './capacity.ts';
import { baseTraits } from '../base-traits.ts';
import type { Router, RouterDefinition } from '../contract.ts';
import { equalBidsMovement } from '../expected-movement.ts';
import { type Draw, murmurDraw } from '../draw.ts';
import { saltedHash } from './salted-hash.ts';
import { ignoredTakersWeights, takersOf } from '../weights.ts';

/**
 * Room for 64 times four shards. A key takes capacity / n draws, so room is dearer than
 * AnchorHash's; as there it does not depend on n, so that a router built for n shards is the one
 * grown to n.
 */
const usualCapacity = 256;

/** Draws a route from which on a person should know: 5 to 10 microseconds. */
const drawsWarned = 1000;

/**
 * The first bucket of the key's pseudo-random sequence that works: works[bucket] is 1 or 0, and at
 * least one is 1. Expected works.length / (how many work) draws. The order in which buckets came
 * and went makes no difference.
 */
export function dxBucket(works: Uint8Array, hi: number, lo: number, draw: Draw): number {
  for (let step = 0; ; step += 1) {
    const bucket = draw(hi, lo, step, works.length);
    if (works[bucket] === 1) return bucket;
  }
}

/** Bucket i is shard i: which buckets work says everything, however it came about. */
class DxRouter implements Router {
  readonly shardCount: number;
  readonly works: Uint8Array;
  readonly warnings: readonly string[];
  readonly #hash: KeyHash;
  readonly #out: Hash64 = { hi: 0, lo: 0 };

  constructor(shardCount: number, works: Uint8Array, hash: KeyHash, warnings: readonly string[]) {
    this.shardCount = shardCount;
    this.works = works;
    this.warnings = warnings;
    this.#hash = hash;
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    this.#hash.hash(bytes, start, end, this.#out);
    // Signed words are never boxed; unsigned ones above 2^31 are where a call is not inlined.
    return dxBucket(this.works, this.#out.hi | 0, this.#out.lo | 0, murmurDraw);
  }
}

function costWarnings(capacity: number, working: number): string[] {
  const draws = Math.round(capacity / working);
  if (draws <= drawsWarned) return [];
  return [
    `dx:${capacity} with ${working} shards draws ${draws} numbers for each key on average; ` +
      `a smaller capacity is faster`,
  ];
}

/** Growing from N to M moves (M - N) / M of the keys, removing K of N shards K / N: the least. */
export const dx: RouterDefinition = {
  name: 'dx',
  summary:
    'DxHash: draws shards until one works; any shard can be removed; fixed room for C shards',
  traits: {
    ...baseTraits,
    monotone: true,
    removesAny: true,
    hashes: true,
    lookup: 'O(C/n)',
    memory: 'O(C)',
  },
  parameter: { name: 'capacity', default: usualCapacity, min: 1, max: capacityMax },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options, previous) {
    const capacity = options.parameter ?? usualCapacity;
    requireRoom('dx', capacity, topology.shardCount);
    assert(
      previous === undefined ||
        (previous instanceof DxRouter && previous.works.length === capacity),
      'the capacity never changes',
    );
    const hash = saltedHash(present(options.hash, 'hash for dx'), options.salt);
    const works = new Uint8Array(capacity);
    const takers = takersOf(topology);
    for (const shard of takers) works[shard] = 1;
    const warnings = ignoredTakersWeights('dx', topology);
    return new DxRouter(topology.shardCount, works, hash, [
      ...warnings,
      ...costWarnings(capacity, takers.length),
    ]);
  },
  expectedMovement: equalBidsMovement,
};
