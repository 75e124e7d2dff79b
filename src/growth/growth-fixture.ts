import { routersAlong } from '../placement/path-movement.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/types.ts';
import { routers } from '../router/registry.ts';
import type { ScenarioVocabulary } from '../scenario/vocabulary.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { StatedCapacity } from './database-capacity.ts';
import { type GrowthCase, growthContext, type GrowthContext } from './growth-case.ts';

const vocabulary: ScenarioVocabulary = {
  routers: routers.map(({ name, parameter, traits, keyTypes }) => {
    return { name, parameter, hashes: traits.hashes, keyTypes, table: traits.table ?? false };
  }),
  hashes: ['xxh64'],
};

/** A scenario from its text, without a tenant file. */
export function scenarioOf(text: string): Scenario {
  return parseScenario(`name: x\n${text}`, 'x.yaml', vocabulary);
}

export const given = (qps: number): StatedCapacity => ({
  qps,
  source: 'given',
  basis: 'given by --capacity',
});

/** A scenario's strategies along a path of equal shards, from the present ones. */
export function caseOf(
  scenario: Scenario,
  to: readonly number[],
  stated: StatedCapacity | null = null,
): GrowthCase {
  const workload = buildWorkload(scenario, null);
  const path = [scenario.topology.shards, ...to].map((shardCount) => ({
    shardCount,
    weights: Array.from({ length: shardCount }, () => 1),
  }));
  const strategies = scenario.strategies.map((strategy) => {
    const built = routersAlong(strategy, path, knownKeys(workload, strategy.key));
    const placements = built.map((router, step) => {
      return { router, topology: path[step] ?? { shardCount: 0, weights: [] } };
    });
    return { strategy, placements };
  });
  return { scenario, workload, plan: planArrivals(workload), stated, strategies };
}

export function contextOf(asked: GrowthCase): GrowthContext {
  return growthContext(asked, 1 / asked.scenario.topology.shards);
}
