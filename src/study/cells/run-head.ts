import type { RunResult } from '../../result/types.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/** Everything of a result that is known before the first cell. */
export type RunHead = Omit<RunResult, 'cells' | 'findings' | 'window'>;

/** What the scenario and its workload say of the head; the rest is of the machine. */
export function runHead(
  { scenario, workload, plan }: LoadedScenario,
  how: Pick<RunHead, 'source' | 'command' | 'environment'>,
): RunHead {
  return {
    schema: 'shardlab/result/v2',
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    arrivalsDigest: plan.digest,
    startedAt: new Date().toISOString(),
    ...how,
    tenants: { count: workload.tenants.count, asked: plan.asked, achieved: plan.achieved },
    scenario: publicScenario(scenario),
  };
}

/** Without the URLs of the user's shards, which may hold passwords. */
export function publicScenario(scenario: Scenario): RunResult['scenario'] {
  const { topology } = scenario;
  const hidden = { ...topology, urls: topology.urls.map(() => 'not shown') };
  return structuredClone({ ...scenario, topology: hidden }) as unknown as RunResult['scenario'];
}
