// Weighted rendezvous: Schindelhauer & Schomaker 2005, https://doi.org/10.1145/1073970.1074008
import { present } from '../../base/assert.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { weightedBidsMovement } from '../expected-movement.ts';
import { MixedScores, type ShardScores } from './rendezvous-scores.ts';
import { saltedHash } from './salted-hash.ts';
import { takersOf } from '../weights.ts';

/**
 * The shard with the least waiting time -ln(u) / weight, u the score as a number in (0, 1): of
 * exponential variables the one of rate w is the least in w of all rates' sum. Ties to the first.
 */
export function shortestWait(
  scores: ShardScores,
  shards: Uint32Array,
  weights: ArrayLike<number>,
): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < shards.length; i += 1) {
    const shard = shards[i] ?? 0;
    const wait = -Math.log((scores.of(shard) + 0.5) / 0x1_0000_0000) / (weights[shard] ?? 0);
    if (wait < least) {
      best = shard;
      least = wait;
    }
  }
  return best;
}

/** A changed weight moves keys to or from that shard only, as much as its share changes. */
export const weightedRendezvous: RouterDefinition = {
  name: 'weighted-rendezvous',
  summary: 'rendezvous with scores by weight: shares in proportion; a new weight moves few keys',
  traits: {
    ...baseTraits,
    monotone: true,
    weighted: true,
    removesAny: true,
    hashes: true,
    lookup: 'O(n)',
    memory: 'O(n)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = saltedHash(present(options.hash, 'hash for weighted-rendezvous'), options.salt);
    const scores = new MixedScores(hash, shardCount);
    const takers = takersOf(topology);
    const weights = Float64Array.from(topology.weights);
    return {
      shardCount,
      route(bytes, start, end) {
        scores.readKey(bytes, start, end);
        return shortestWait(scores, takers, weights);
      },
    };
  },
  expectedMovement: weightedBidsMovement,
};
