import type { Scenario, Strategy, Topology } from '../../scenario/types.ts';
import { withShardCounts } from '../../scenario/shard-counts.ts';

const warmupMost = 2000;

interface MeasuredAs {
  readonly strategies: readonly Strategy[];
  readonly shardCount: number;
  /** Of a window, unless the scenario's are shorter. */
  readonly windowMs: number;
}

/** The scenario as candidates are measured: these strategies alone, on so many equal shards. */
export function measuredScenario(
  scenario: Scenario,
  { strategies, shardCount, windowMs }: MeasuredAs,
): Scenario {
  return {
    ...scenario,
    strategies,
    baseline: false,
    repeat: 1,
    durationMs: Math.min(scenario.durationMs, windowMs),
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
