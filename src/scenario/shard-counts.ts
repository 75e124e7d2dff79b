import type { Topology } from './types.ts';

/** Every shard count that a scenario is about, the present one first. */
export function shardCountsOf({ shards, furtherShards = [] }: Topology): readonly number[] {
  return [shards, ...furtherShards];
}

export const mostShards = (topology: Topology): number => Math.max(...shardCountsOf(topology));

interface Shards {
  readonly shardCount: number;
  /** Relative capacity of each. */
  readonly weights: readonly number[];
}

/** So many shards of the topology; only shards of equal weight come in several counts. */
export function topologyOf({ shards, weights }: Topology, shardCount: number): Shards {
  if (shardCount === shards) return { shardCount, weights };
  return { shardCount, weights: Array.from({ length: shardCount }, () => weights[0] ?? 1) };
}

/** The same for each of its counts. */
export function topologiesOf(topology: Topology): readonly Shards[] {
  return shardCountsOf(topology).map((count) => topologyOf(topology, count));
}

/** The topology with other counts instead of its own. */
export function withShardCounts(topology: Topology, counts: readonly number[]): Topology {
  const [shards = topology.shards, ...furtherShards] = counts;
  const { furtherShards: _, ...rest } = topology;
  const { weights } = topologyOf(topology, shards);
  return { ...rest, shards, weights, ...(furtherShards.length > 0 && { furtherShards }) };
}
