// Jump consistent hash: Lamping & Veach 2014, https://arxiv.org/abs/1406.2294
import { present } from '../base/assert.ts';
import type { Hash64 } from '../base/hash/key-hash.ts';
import type { RouterDefinition } from './contract.ts';
import { lastShardsMovement } from './expected-movement.ts';
import { jumpBucket } from './jump-bucket.ts';
import { saltedHash } from './salted-hash.ts';
import { ignoredWeights } from './weights.ts';

/** Growing from N to M moves (M - N) / M of the keys, the least there is; only the last goes. */
export const jump: RouterDefinition = {
  name: 'jump',
  summary:
    'jump consistent hash: even, no memory, growing moves the least; only the last shard goes',
  traits: {
    monotone: true,
    weighted: false,
    ordered: false,
    removesAny: false,
    hashes: true,
    hashesLabels: false,
    lookup: 'O(log n)',
    memory: 'O(1)',
    placesKnownKeys: false,
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = saltedHash(present(options.hash, 'hash for jump'), options.salt);
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount,
      route(bytes, start, end) {
        hash.hash(bytes, start, end, out);
        return jumpBucket(out.hi, out.lo, shardCount);
      },
      warnings: ignoredWeights('jump', topology),
      byHash: {
        hash,
        place(hi, lo, count, shards) {
          for (let i = 0; i < count; i += 1) {
            shards[i] = jumpBucket(hi[i] ?? 0, lo[i] ?? 0, shardCount);
          }
        },
      },
    };
  },
  expectedMovement: lastShardsMovement,
};
