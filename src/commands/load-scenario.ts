import { dirname, resolve } from 'node:path';
import { readUserFile } from '../host/files.ts';
import { decodeScenario } from '../scenario/decode.ts';
import { overrideScenario, type ScenarioOverrides } from '../scenario/overrides.ts';
import { parseScenario } from '../scenario/parse.ts';
import type { Scenario } from '../scenario/types.ts';
import { type ArrivalPlan, planArrivals } from '../workload/arrival-plan.ts';
import { decodeTenantFile } from '../workload/text-file.ts';
import type { TenantText } from '../workload/tenants.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';
import { scenarioVocabulary } from './vocabulary.ts';

/** A scenario with everything that follows from it and from its seed, nothing started yet. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly workload: Workload;
  readonly plan: ArrivalPlan;
}

export async function loadScenario(
  path: string,
  overrides: ScenarioOverrides,
): Promise<LoadedScenario> {
  const text = decodeScenario(await readUserFile(path, 'scenario'), path);
  const parsed = parseScenario(text, path, scenarioVocabulary());
  const scenario = overrideScenario(parsed, overrides);
  const workload = buildWorkload(scenario, await tenantText(scenario, path));
  return { scenario, workload, plan: planArrivals(workload) };
}

/** The tenant file's path is relative to the scenario that names it. */
async function tenantText(scenario: Scenario, scenarioPath: string): Promise<TenantText | null> {
  const { tenants } = scenario;
  if (tenants.distribution !== 'file') return null;
  const path = resolve(dirname(scenarioPath), tenants.file);
  const bytes = await readUserFile(path, 'tenant file');
  return { text: decodeTenantFile(bytes, path), path };
}
