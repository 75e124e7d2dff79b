import { assert, present } from '../../base/assert.ts';
import type { Hash64, KeyHash } from '../../base/hash/key-hash.ts';
import { assignBuckets, type Buckets, sameBuckets, shardsByBucket, someStay } from './buckets.ts';
import type { Router, RouterOptions, RouterTopology } from '../contract.ts';
import { murmurDraw } from '../draw.ts';
import { saltedHash } from './salted-hash.ts';
import { ignoredTakersWeights } from '../weights.ts';

/** Key -> hash -> bucket -> shard. */
class BucketRouter implements Router {
  readonly shardCount: number;
  readonly kind: string;
  readonly buckets: Buckets;
  /** Bucket of each shard, for the router that grows from this one. */
  readonly held: Int32Array;
  readonly warnings: readonly string[];
  readonly #shards: Int32Array;
  readonly #hash: KeyHash;
  readonly #out: Hash64 = { hi: 0, lo: 0 };

  constructor(
    kind: string,
    buckets: Buckets,
    held: Int32Array,
    hash: KeyHash,
    warnings: readonly string[],
  ) {
    this.shardCount = held.length;
    this.kind = kind;
    this.buckets = buckets;
    this.held = held;
    this.warnings = warnings;
    this.#shards = shardsByBucket(held);
    this.#hash = hash;
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    this.#hash.hash(bytes, start, end, this.#out);
    // Signed words are never boxed; unsigned ones above 2^31 are where a call is not inlined.
    const { hi, lo } = this.#out;
    return this.#shards[this.buckets.bucketOf(hi | 0, lo | 0, murmurDraw)] ?? 0;
  }
}

/**
 * A router over buckets that remember removals. `kind` is the name with its parameter: a router
 * grows from one of its own kind only. `fresh` makes buckets of which the first `working` work.
 */
export function buildBucketRouter(
  kind: string,
  topology: RouterTopology,
  options: RouterOptions,
  previous: Router | undefined,
  fresh: (working: number) => Buckets,
): Router {
  const { shardCount, weights } = topology;
  const name = kind.replace(/:.*/, '');
  const hash = saltedHash(present(options.hash, `hash for ${name}`), options.salt);
  const warnings = ignoredTakersWeights(name, topology);
  assert(
    previous === undefined || (previous instanceof BucketRouter && previous.kind === kind),
    `${kind} grows from its own kind only`,
  );
  // Where no shard stays, there is no placement to keep.
  const base = previous !== undefined && someStay(previous.held, weights) ? previous : null;
  const buckets = base === null ? fresh(shardCount) : base.buckets.copyFor(shardCount);
  const held = assignBuckets(buckets, base?.held ?? sameBuckets(shardCount), weights);
  return new BucketRouter(kind, buckets, held, hash, warnings);
}
