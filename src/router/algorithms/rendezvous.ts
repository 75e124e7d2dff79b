// Rendezvous hashing: Thaler & Ravishankar 1998, https://doi.org/10.1109/90.663936
import { present } from '../../base/assert.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { equalBidsMovement } from '../expected-movement.ts';
import { highestScore, MixedScores } from './rendezvous-scores.ts';
import { hashRecipe } from './hash-recipe.ts';
import { saltedHash } from './salted-hash.ts';
import { ignoredTakersWeights, takersOf } from '../weights.ts';

/** Growing from N to M moves (M - N) / M of the keys; a shard that goes gives its keys to all. */
export const rendezvous: RouterDefinition = {
  name: 'rendezvous',
  summary:
    'the shard with the highest score for the key: even; any shard can be removed; slow if ' +
    'many shards',
  traits: {
    ...baseTraits,
    monotone: true,
    removesAny: true,
    hashes: true,
    lookup: 'O(n)',
    memory: 'O(n)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = saltedHash(present(options.hash, 'hash for rendezvous'), options.salt);
    const scores = new MixedScores(hash, shardCount);
    const takers = takersOf(topology);
    return {
      shardCount,
      route(bytes, start, end) {
        scores.readKey(bytes, start, end);
        return highestScore(scores, takers);
      },
      warnings: ignoredTakersWeights('rendezvous', topology),
      recipe: () => {
        const bids = scores.bidsOf(takers);
        return hashRecipe(hash, options.salt, shardCount, { kind: 'scores', bids });
      },
    };
  },
  expectedMovement: equalBidsMovement,
};
