import { dirname, resolve } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { readUserFile } from '../../host/files.ts';
import type { Report } from '../../host/quiet-progress.ts';
import { inTurns } from '../../host/turns.ts';
import { unoptimized } from '../../host/unoptimized.ts';
import { lookupMoveProblems } from '../../directory/lookup-move.ts';
import { decodeScenario } from '../../scenario/decode.ts';
import type { RouterSpec } from '../../router/build-router.ts';
import type { RouterDefinition } from '../../router/contract.ts';
import { overrideScenario, type ScenarioOverrides } from '../../scenario/overrides.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { routerFiles } from '../../scenario/router-files.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';
import { loadGrammar } from '../../sql/grammar.ts';
import { sqlReader } from '../../sql/sql-reader.ts';
import { type ArrivalPlan, planSteps } from '../../workload/arrival-plan.ts';
import { maxRows, plannedRows } from '../../workload/rows.ts';
import { decodeTenantFile } from '../../workload/text-file.ts';
import type { TenantText } from '../../workload/tenants.ts';
import type { Workload } from '../../workload/types.ts';
import { tableVolume } from '../../workload/tables/row-bytes.ts';
import { workloadSteps } from '../../workload/workload.ts';
import { checkOverlaidKeys } from './check-overlays.ts';
import { checkSettingsAt } from './check-settings.ts';
import { drawingCost } from './drawing-cost.ts';
import { tableLayouts } from './table-layouts.ts';
import { loadOwnRouters } from './own-routers.ts';
import { scenarioVocabulary } from './vocabulary.ts';
import { integer } from '../../wording/format.ts';

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

/** A scenario as its files say it; nothing has been drawn from its seed yet. */
export interface ReadScenario extends Pick<LoadedScenario, 'scenario' | 'ownRouters'> {
  readonly path: string;
  /** null: its tenants come from a distribution. */
  readonly tenants: TenantText | null;
  /** Rows that are drawn at most; where there are more, each stands for several. */
  readonly rowLimit: number;
  /** Where the tables lie, by the name of the shard key; none in the short form. */
  readonly layouts: ReadonlyMap<string, Layout>;
}

/** What a scenario is read for: to `load` its rows on shards, or to `plan` without shards. */
export type Purpose = 'load' | 'plan';

/** @param changed what else is looked at than the scenario itself says, such as its strategies */
export async function readScenario(
  path: string,
  overrides: ScenarioOverrides,
  purpose: Purpose = 'load',
  changed: (scenario: Scenario) => Scenario = (scenario) => scenario,
): Promise<ReadScenario> {
  const text = decodeScenario(await readUserFile(path, 'scenario'), path);
  const own = await loadOwnRouters(routerFiles(text, path), dirname(path));
  const reader = sqlReader(await unoptimized(loadGrammar));
  const vocabulary = {
    ...scenarioVocabulary(reader, own),
    ...(purpose === 'load' && { rowsMax: maxRows }),
  };
  const parsed = parseScenario(text, path, vocabulary);
  const scenario = changed(overrideScenario(parsed, overrides));
  const ownRouters = own.usable;
  if (overrides.shards !== undefined) checkSettingsAt({ scenario, ownRouters });
  const tenants = await tenantText(scenario, path);
  const layouts = tableLayouts(scenario, tenants, reader);
  return { path, scenario, tenants, rowLimit: maxRows, ownRouters, layouts };
}

/** @param report told how much of the rows and arrivals has been made, where that takes long */
export async function loadScenario(
  path: string,
  overrides: ScenarioOverrides,
  report: Report = () => undefined,
  purpose: Purpose = 'load',
): Promise<LoadedScenario> {
  return drawWorkload(await readScenario(path, overrides, purpose), report);
}

/** For plans, which load nothing: data of any size, of which as many rows are drawn as it takes. */
export async function loadPlanned(
  path: string,
  overrides: ScenarioOverrides,
  report: Report,
  changed?: (scenario: Scenario) => Scenario,
): Promise<LoadedScenario> {
  const read = await readScenario(path, overrides, 'plan', changed);
  return drawWorkload({ ...read, rowLimit: plannedRows }, report);
}

export async function drawWorkload(read: ReadScenario, report: Report): Promise<LoadedScenario> {
  const { path, tenants, rowLimit, ownRouters, layouts } = read;
  const { rows, expected, totalMs, arrivalsMs } = drawingCost(read);
  const drawn = 1 - arrivalsMs / totalMs;
  const steps = workloadSteps(read.scenario, tenants, rowLimit, layouts);
  const workload = await inTurns(steps, (fraction) =>
    report(`making ${integer(rows)} rows`, fraction * drawn),
  );
  const scenario = withVolume(read.scenario, workload);
  checkKeys(scenario, workload, path);
  const arrivals = integer(expected.warmup + expected.measure);
  const plan = await inTurns(planSteps(workload), (fraction) =>
    report(`drawing about ${arrivals} arrivals`, drawn + fraction * (1 - drawn)),
  );
  return { scenario, workload, plan, ownRouters };
}

/** Of tables the rows are counted when they are drawn. */
function withVolume(scenario: Scenario, { tables }: Workload): Scenario {
  return tables === undefined ? scenario : { ...scenario, data: tableVolume(tables) };
}

/** What only the workload knows: whether the keys that strategies name are there. */
export function checkKeys(scenario: Scenario, workload: Workload, path: string): void {
  checkOverlaidKeys(scenario, workload, path);
  checkLookupMoves(scenario, workload, path);
}

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
