import { dirname, resolve } from 'node:path';
import { exitCodes, UserError } from '../base/user-error.ts';
import { readUserFile } from '../host/files.ts';
import { lookupMoveProblems } from '../load/lookup-move.ts';
import { decodeScenario } from '../scenario/decode.ts';
import type { RouterSpec } from '../router/build-router.ts';
import type { RouterDefinition } from '../router/contract.ts';
import { overrideScenario, type ScenarioOverrides } from '../scenario/overrides.ts';
import { parseScenario } from '../scenario/parse.ts';
import { routerFiles } from '../scenario/router-files.ts';
import type { Scenario, Strategy } from '../scenario/types.ts';
import { loadGrammar } from '../sql/grammar.ts';
import { type ArrivalPlan, planArrivals } from '../workload/arrival-plan.ts';
import { decodeTenantFile } from '../workload/text-file.ts';
import type { TenantText } from '../workload/tenants.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';
import { checkOverlaidKeys } from './check-overlays.ts';
import { loadOwnRouters } from './own-routers.ts';
import { scenarioVocabulary } from './vocabulary.ts';

/** A scenario with everything that follows from it and from its seed, nothing started yet. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly workload: Workload;
  readonly plan: ArrivalPlan;
  /** Routers that strategies name by their files, by those paths. */
  readonly ownRouters: ReadonlyMap<string, RouterDefinition>;
}

/** The strategy's router, with its definition where the registry does not have it. */
export function routerSpec(
  strategy: Strategy,
  { ownRouters }: Pick<LoadedScenario, 'ownRouters'>,
): RouterSpec & Strategy {
  const definition = ownRouters.get(strategy.router);
  return definition === undefined ? strategy : { ...strategy, definition };
}

/** `sql`: whether its statements are to be read by Postgres' grammar, or have been already. */
export async function loadScenario(
  path: string,
  overrides: ScenarioOverrides,
  sql: 'check' | 'checked' = 'check',
): Promise<LoadedScenario> {
  const text = decodeScenario(await readUserFile(path, 'scenario'), path);
  const own = await loadOwnRouters(routerFiles(text, path), dirname(path));
  const grammar = sql === 'check' && mayHoldSql(text) ? await loadGrammar() : null;
  const parsed = parseScenario(text, path, scenarioVocabulary(own, grammar));
  const scenario = overrideScenario(parsed, overrides);
  const workload = buildWorkload(scenario, await tenantText(scenario, path));
  checkOverlaidKeys(scenario, workload, path);
  checkLookupMoves(scenario, workload, path);
  return { scenario, workload, plan: planArrivals(workload), ownRouters: own.usable };
}

/** The grammar takes time to load, and a scenario that names no part with SQL has none to read. */
const mayHoldSql = (text: string): boolean => /\b(operations|schema)\b["']?\s*:/.test(text);

function checkLookupMoves(scenario: Scenario, workload: Workload, path: string): void {
  const problems = lookupMoveProblems(scenario, workload).map((problem) => `${path}: ${problem}`);
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}

/** The tenant file's path is relative to the scenario that names it. */
async function tenantText(scenario: Scenario, scenarioPath: string): Promise<TenantText | null> {
  const { tenants } = scenario;
  if (tenants.distribution !== 'file') return null;
  const path = resolve(dirname(scenarioPath), tenants.file);
  const bytes = await readUserFile(path, 'tenant file');
  return { text: decodeTenantFile(bytes, path), path };
}
