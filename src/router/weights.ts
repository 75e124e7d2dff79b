import type { RouterTopology } from './contract.ts';

/** Whether the shards are meant to hold different amounts. */
export function unequalWeights(topology: RouterTopology): boolean {
  return topology.weights.some((weight) => weight !== topology.weights[0]);
}

/** The warning of a router that cannot honour weights, or none. */
export function ignoredWeights(name: string, topology: RouterTopology): readonly string[] {
  if (!unequalWeights(topology)) return [];
  return [
    `${name} ignores shard weights: every shard gets the same share of the keys, ` +
      `whatever its weight (${topology.weights.join(', ')})`,
  ];
}

/** The shards that take keys, ascending: all but those of weight 0. */
export function takersOf({ weights }: RouterTopology): Uint32Array {
  return Uint32Array.from(weights.keys()).filter((shard) => weights[shard] !== 0);
}

/** As `ignoredWeights`, for a router that honours weight 0 and no other difference. */
export function ignoredTakersWeights(name: string, topology: RouterTopology): readonly string[] {
  const weights = topology.weights.filter((weight) => weight !== 0);
  return unequalWeights({ shardCount: weights.length, weights })
    ? ignoredWeights(name, topology)
    : [];
}
