// Hash modulo N, the oldest rule there is; what `tenant_id % N` does with the identity hash.
import { present } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { remainder64, remainders64 } from '../../base/hash/word64.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { remainderMovement } from '../expected-movement.ts';
import { fusedRoute } from '../kernels/fused-route.ts';
import { hashRecipe } from './hash-recipe.ts';
import { saltedHash } from './salted-hash.ts';
import { ignoredWeights } from '../weights.ts';

/** Growing from N to M moves 1 - gcd(N, M) / max(N, M) of the keys. */
export const mod: RouterDefinition = {
  name: 'mod',
  summary: 'hash modulo the number of shards: even, but growth moves almost every key',
  traits: {
    ...baseTraits,
    hashes: true,
    lookup: 'O(1)',
    memory: 'O(1)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = saltedHash(present(options.hash, 'hash for mod'), options.salt);
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount,
      route: fusedRoute(hash, 'remainder', shardCount, (bytes, start, end) => {
        hash.hash(bytes, start, end, out);
        return remainder64(out.hi, out.lo, shardCount);
      }),
      warnings: ignoredWeights('mod', topology),
      byHash: {
        hash,
        place: (hi, lo, count, shards) => remainders64(hi, lo, count, shardCount, shards),
        placing: { kind: 'remainder' },
      },
      recipe: () => hashRecipe(hash, options.salt, shardCount, { kind: 'remainder' }),
    };
  },
  expectedMovement: remainderMovement,
};
