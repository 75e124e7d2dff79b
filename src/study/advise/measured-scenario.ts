import type { Scenario, Strategy, Topology } from '../../scenario/types.ts';
import { withShardCounts } from '../../scenario/shard-counts.ts';

/** Windows of a search are no longer than this: each candidate has about ten, in each round. */
const windowMost = 6000;
const warmupMost = 2000;

/** The scenario as candidates are measured: these strategies alone, on so many equal shards. */
export function measuredScenario(
  scenario: Scenario,
  strategies: readonly Strategy[],
  shardCount: number,
): Scenario {
  return {
    ...scenario,
    strategies,
    baseline: false,
    repeat: 1,
    durationMs: Math.min(scenario.durationMs, windowMost),
    warmupMs: Math.min(scenario.warmupMs, warmupMost),
    topology: equalTopology(scenario.topology, shardCount),
    ...(scenario.thresholds && {
      thresholds: scenario.thresholds.filter(({ tags }) => tags.shard === undefined),
    }),
  };
}

/** Advice is on shards that are alike. */
function equalTopology(topology: Topology, shardCount: number): Topology {
  const weights = Array.from({ length: shardCount }, () => 1);
  return { ...withShardCounts(topology, [shardCount]), weights };
}

/** A search cannot say what a look-up costs. */
export const measurableStrategies = ({ strategies }: Pick<Scenario, 'strategies'>): Strategy[] =>
  strategies.filter(({ lookup }) => lookup === undefined);
