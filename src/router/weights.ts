import type { RouterTopology } from './contract.ts';

/** Whether the shards are meant to hold different amounts. */
export function unequalWeights(topology: RouterTopology): boolean {
  return topology.weights.some((weight) => weight !== topology.weights[0]);
}

/** The warning of a router that cannot honour weights, or none. */
export function ignoredWeights(name: string, topology: RouterTopology): readonly string[] {
  if (!unequalWeights(topology)) return [];
  return [
    `${name} cannot honour shard weights: every shard gets the same share of the keys, ` +
      `whatever its weight (${topology.weights.join(', ')})`,
  ];
}
