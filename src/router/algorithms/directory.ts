// A table key -> shard, as Schism (Curino et al. 2010) and Vitess' lookup vindexes keep it.
import { baseTraits } from '../base-traits.ts';
import type { KnownKeys, Router, RouterDefinition, RouterTopology } from '../contract.ts';
import { leastLoaded, placeGreedily } from './greedy-placement.ts';
import { KeyIndex } from './key-index.ts';
import { citusThresholds, planMoves } from './move-plan.ts';

interface Placement {
  /** Shard of each known key. */
  readonly shards: Uint32Array;
  readonly loads: Float64Array;
}

/** What is on each shard before the first key is placed. */
function placedLoads({ placed }: KnownKeys, shardCount: number): Float64Array {
  return Float64Array.from({ length: shardCount }, (_, shard) => placed?.[shard] ?? 0);
}

function place(keys: KnownKeys, topology: RouterTopology): Placement {
  const shards = new Uint32Array(keys.count);
  const loads = placedLoads(keys, topology.shardCount);
  const all = new Uint32Array(keys.count).map((_, key) => key);
  placeGreedily(all, keys.weights, topology.weights, shards, loads);
  return { shards, loads };
}

/**
 * Keys stay where `previous` has them, those of a shard that is gone are placed greedily, and then
 * the move plan fills the new shards.
 */
function replace(keys: KnownKeys, topology: RouterTopology, previous: Router): Placement {
  const { shardCount, weights } = topology;
  const shards = new Uint32Array(keys.count);
  const loads = placedLoads(keys, shardCount);
  const homeless: number[] = [];
  for (let key = 0; key < keys.count; key += 1) {
    const shard = previous.route(keys.bytes, keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0);
    if (shard >= shardCount || weights[shard] === 0) {
      homeless.push(key);
    } else {
      shards[key] = shard;
      loads[shard] = (loads[shard] ?? 0) + (keys.weights[key] ?? 0);
    }
  }
  placeGreedily(Uint32Array.from(homeless), keys.weights, weights, shards, loads);
  const moves = planMoves({
    loads: keys.weights,
    placement: shards,
    capacities: weights,
    ...(keys.placed && { placed: keys.placed }),
    ...citusThresholds,
  });
  for (const { key, from, to } of moves) {
    const load = keys.weights[key] ?? 0;
    shards[key] = to;
    loads[from] = (loads[from] ?? 0) - load;
    loads[to] = (loads[to] ?? 0) + load;
  }
  return { shards, loads };
}

/**
 * A key that was not known when the router was built goes to the shard that was least loaded then.
 * A router never changes, so all unknown keys go to that same shard until the next one is built.
 */
export const directory: RouterDefinition = {
  name: 'directory',
  summary:
    'a table of all keys: the heaviest first, to the least loaded shard; growth follows a ' +
    'move plan',
  traits: {
    ...baseTraits,
    weighted: true,
    removesAny: true,
    lookup: 'O(1)',
    memory: 'O(k)',
    placesKnownKeys: true,
    table: true,
    adopts: true,
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, { keys }, previous) {
    const { shards, loads } =
      previous === undefined ? place(keys, topology) : replace(keys, topology, previous);
    const index = new KeyIndex(keys);
    const fallback = leastLoaded(loads, topology.weights);
    return {
      shardCount: topology.shardCount,
      route(bytes, start, end) {
        const key = index.find(bytes, start, end);
        return key < 0 ? fallback : (shards[key] ?? fallback);
      },
      recipe: () => ({ kind: 'list', keys, shards, otherwise: fallback }),
    };
  },
};
