import { present } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { baseTraits } from '../base-traits.ts';
import type { Router, RouterDefinition } from '../contract.ts';
import { lastShardsMovement } from '../expected-movement.ts';
import { fusedRoute } from '../kernels/fused-route.ts';
import { hashRecipe } from './hash-recipe.ts';
import { saltedHash } from './salted-hash.ts';
import { ignoredWeights } from '../weights.ts';

/** What sets one computed router apart from another. */
export interface Computation {
  readonly name: string;
  readonly summary: string;
  /** Cost of one route, in shards n. */
  readonly lookup: string;
  /** The bucket in [0, buckets) of the 64-bit hash (hi, lo); monotone in `buckets`. */
  readonly bucketOf: (hi: number, lo: number, buckets: number) => number;
  /** Where the kernels have the same computation. */
  readonly placing?: { readonly kind: 'jump-bucket' };
}

/**
 * A router that computes the shard from the hash and the number of shards alone: it has no memory,
 * so only the last shard can go, and all have the same share.
 */
export function computedRouter(computation: Computation): RouterDefinition {
  const { name, summary, lookup, bucketOf, placing } = computation;
  return {
    name,
    summary,
    traits: {
      ...baseTraits,
      monotone: true,
      hashes: true,
      lookup,
      memory: 'O(1)',
    },
    parameter: null,
    keyTypes: ['text', 'int8', 'uuid', 'composite'],
    build(topology, options) {
      const { shardCount } = topology;
      const hash = saltedHash(present(options.hash, `hash for ${name}`), options.salt);
      const out: Hash64 = { hi: 0, lo: 0 };
      const route: Router['route'] = (bytes, start, end) => {
        hash.hash(bytes, start, end, out);
        // Signed words are never boxed; unsigned ones above 2^31 are where a call is not inlined.
        return bucketOf(out.hi | 0, out.lo | 0, shardCount);
      };
      return {
        shardCount,
        route: placing === undefined ? route : fusedRoute(hash, placing.kind, shardCount, route),
        warnings: ignoredWeights(name, topology),
        ...(placing && {
          recipe: () => hashRecipe(hash, options.salt, shardCount, placing),
        }),
        byHash: {
          hash,
          ...(placing && { placing }),
          place(hi, lo, count, shards) {
            for (let i = 0; i < count; i += 1) {
              shards[i] = bucketOf(hi[i] ?? 0, lo[i] ?? 0, shardCount);
            }
          },
        },
      };
    },
    expectedMovement: lastShardsMovement,
  };
}
