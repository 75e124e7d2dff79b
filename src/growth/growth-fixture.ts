import { present } from '../base/assert.ts';
import { routersAlong } from '../placement/path-movement.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { GrowthFacts } from '../result/growth-document.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/types.ts';
import { routers } from '../router/registry.ts';
import type { ScenarioVocabulary } from '../scenario/vocabulary.ts';
import { sqlReaderFixture } from '../sql/sql-reader-fixture.ts';
import { worded } from '../wording/worded.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { StatedCapacity } from './database-capacity.ts';
import { type GrowthCase, growthContext, type GrowthContext } from './growth-case.ts';
import { inUse, isPlacementKnown, presentShards } from './present-placement.ts';
import { growthParts } from './growth-parts.ts';

const vocabulary: ScenarioVocabulary = {
  routers: routers.map(({ name, parameter, traits, keyTypes }) => {
    return { name, parameter, hashes: traits.hashes, keyTypes, table: traits.table ?? false };
  }),
  hashes: ['xxh64'],
  sql: sqlReaderFixture,
};

/** A scenario from its text, without a tenant file. */
export function scenarioOf(text: string): Scenario {
  return parseScenario(`name: x\n${text}`, 'x.yaml', vocabulary);
}

export const given = (qps: number): StatedCapacity => ({
  shard: { low: qps, high: qps },
  instance: null,
  source: 'given',
  basis: fact('capacity-given', { names: { option: '--capacity' } }),
});

/** What was seen of a shard in a run, as a result would tell. */
export const seenIn = (file: string): Fact =>
  fact('capacity-measured', {
    numbers: { shardQps: 250, shardAt: 2 },
    names: { shardSource: 'measured', shardFile: file, shardStrategy: 'day/mod' },
  });

/** Facts as people read them. */
export const textOf = (found: Fact | undefined): string => worded(present(found, 'fact')).text;
export const textsOf = (facts: readonly Fact[]): string[] => facts.map(textOf);

/** A scenario's strategies along a path of equal shards, from the present ones. */
export function caseOf(
  scenario: Scenario,
  to: readonly number[],
  stated: StatedCapacity | null = null,
  drawn = 20,
  map: Uint32Array | null = null,
): GrowthCase {
  const workload = buildWorkload(scenario, null);
  const path = [scenario.topology.shards, ...to].map((shardCount) => ({
    shardCount,
    weights: Array.from({ length: shardCount }, () => 1),
  }));
  const strategies = scenario.strategies.map((listed) => {
    const strategy = inUse(listed, scenario.growth);
    const built = routersAlong(strategy, path, {
      known: knownKeys(workload, strategy.key),
      ...presentShards(workload, strategy.key, map),
    });
    const placements = built.map((router, step) => {
      return { router, topology: path[step] ?? { shardCount: 0, weights: [] } };
    });
    const isKnown = isPlacementKnown(strategy, scenario.growth, workload);
    return { strategy, placements, isKnown };
  });
  return {
    scenario,
    path: 'x.yaml',
    workload,
    plan: planArrivals(workload),
    stated,
    placements: drawn,
    strategies,
  };
}

export function contextOf(asked: GrowthCase): GrowthContext {
  return growthContext(asked);
}

/** The beginning of a scenario; `growth`: more top-level lines. */
export const head = (shards: number, growth = '') => `
rate: 400/s
duration: 2s
data: { total: 1MiB }
topology: { shards: ${shards} }
${growth}
`;
export const touch =
  'operations:\n  - { name: touch, kind: write, weight: 90, binds: [tenant_id], ' +
  'sql: update orders set total = 1 where tenant_id = :tenant_id }\n';
/** Asks all shards. */
export const count =
  '  - { name: count, kind: read, weight: 10, sql: select count(*) from orders }\n';
export const jump = 'strategies: [{ key: tenant_id, router: jump }]\n';
export const uniform = 'tenants: { uniform: true, count: 20000 }\n';

export const partsOf = (text: string, to: readonly number[], qps: number): GrowthFacts =>
  growthParts(caseOf(scenarioOf(text), to, given(qps)));
export const rowOf = ({ capacity }: GrowthFacts, strategy: string | null, shardCount: number) =>
  present(
    capacity.find((row) => row.strategy === strategy && row.shardCount === shardCount),
    'row',
  );
export const costOf = ({ cost }: GrowthFacts, strategy: string | null, shardCount: number) =>
  present(
    cost.find((row) => row.strategy === strategy && row.shardCount === shardCount),
    'row',
  );
