// Consistent hashing: Karger et al. 1997, https://doi.org/10.1145/258533.258660
import { present } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { ringMovement } from '../expected-movement.ts';
import { hashRecipe } from './hash-recipe.ts';
import { ringPoints } from './ring-points.ts';
import { RingSearch } from './ring-search.ts';
import { spreadWarnings } from './ring-shares.ts';
import { vnodesOf } from './ring-vnodes.ts';

const usualVnodes = 150;

/** Growing moves (M - N) / M of the keys on average; share CV is sqrt((N - 1) / (N V + 1)). */
export const ring: RouterDefinition = {
  name: 'ring',
  summary: 'consistent hashing: V points for each shard on a ring; any shard can be removed',
  traits: {
    ...baseTraits,
    monotone: true,
    weighted: true,
    removesAny: true,
    hashes: true,
    hashesLabels: true,
    lookup: 'O(log nV)',
    memory: 'O(nV)',
  },
  parameter: { name: 'vnodes', default: usualVnodes, min: 1, max: 100_000 },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = present(options.hash, 'hash for ring');
    const vnodes = vnodesOf(topology, options.parameter ?? usualVnodes);
    const points = ringPoints(hash, options.salt, vnodes);
    const { owner } = points;
    const search = new RingSearch(points, hash.bits);
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount,
      route(bytes, start, end) {
        hash.hash(bytes, start, end, out);
        return owner[search.indexOf(out.hi, out.lo)] ?? 0;
      },
      warnings: spreadWarnings(hash, topology, points),
      // The salt is in the points alone.
      recipe: () => hashRecipe(hash, '', shardCount, { kind: 'points', points }),
      byHash: {
        hash,
        placing: { kind: 'points', points },
        place(hi, lo, count, shards) {
          for (let i = 0; i < count; i += 1) {
            shards[i] = owner[search.indexOf(hi[i] ?? 0, lo[i] ?? 0)] ?? 0;
          }
        },
      },
    };
  },
  expectedMovement: (path, from, parameter) => ringMovement(path, from, parameter ?? usualVnodes),
};
