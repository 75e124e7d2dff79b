import { present } from '../base/assert.ts';
import type { KeyType } from '../base/keys.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { checkOperationCosts } from './capacity-input.ts';
import { readDocument } from './document.ts';
import {
  type ScenarioInput,
  scenarioInput,
  type TablesScenarioInput,
  tablesScenarioInput,
} from './input.ts';
import { problemsOf } from './issues.ts';
import { type OperationInput, operationInput } from './operation-input.ts';
import { readOperations } from './operations.ts';
import { ordersOperations, ordersTable } from './orders.ts';
import { checkRows } from './data-input.ts';
import { checkPlans, plansOf } from './plans.ts';
import { mismatch, Problems, problemsError } from './problem.ts';
import { repeatProblem } from './repeat.ts';
import { topologiesOf } from './shard-counts.ts';
import { keyColumns, keyTypeOf } from './shard-key.ts';
import { checkSimulation } from './simulation-input.ts';
import { checkOperationSql, checkTableSql } from './sql-faults.ts';
import { soundParts } from './sound-parts.ts';
import { readStrategies } from './strategies.ts';
import { type StrategyInput, strategyInput, tableStrategyInput } from './strategy-input.ts';
import { readTablesScenario, type TablesParts } from './tables/read-tables-scenario.ts';
import { scriptOperationInput } from './tables/script-input.ts';
import { checkTableRows, tablesData } from './tables/tables-data.ts';
import { tableInput } from './table-input.ts';
import { limitsOf } from './thresholds/limits-of.ts';
import { checkTenantChanges } from './tenant-changes.ts';
import type { ArrivalProcess, Scenario, Schema, Strategy } from './types.ts';
import type { ScenarioVocabulary } from './vocabulary.ts';

/**
 * A scenario from its text: 1. YAML to plain data, 2. each part by its own rules, 3. what concerns
 * several parts. Steps 2 and 3 report together, as one UserError (exit code 2) with a line
 * `file:line:col: path: found ...; allowed: ...` for each problem.
 */
export function parseScenario(
  text: string,
  file: string,
  vocabulary: ScenarioVocabulary,
): Scenario {
  const { document, scenario, problems } = readScenario(text, file, vocabulary);
  if (problems.length > 0) {
    throw problemsError(file, problems, (each) => document.positionOf(each));
  }
  return present(scenario, 'scenario without problems');
}

/** The same with its problems as data: for who writes scenarios and can mend them. */
export function readScenario(text: string, file: string, vocabulary: ScenarioVocabulary) {
  const document = readDocument(text, file);
  requireMap(document.data, file);
  const problems = new Problems();
  const read = document.data.tables === undefined ? readOneTable : readManyTables;
  const scenario = read(document.data, vocabulary, problems);
  return { document, scenario, problems: problems.all };
}

type Data = Readonly<Record<string, unknown>>;

/** undefined where there are problems. */
function readOneTable(
  data: Data,
  vocabulary: ScenarioVocabulary,
  problems: Problems,
): Scenario | undefined {
  const parsed = scenarioInput.safeParse(data);
  if (parsed.error) problems.all.push(...problemsOf(parsed.error.issues, data));
  const parts: Parts = parsed.success
    ? parsed.data
    : soundParts(data, scenarioInput.shape, { operation: operationInput, strategy: strategyInput });
  const whole = readWhole(parts, data, vocabulary, problems);
  return parsed.success && whole !== undefined
    ? { ...common(parsed.data), data: parsed.data.data, ...whole }
    : undefined;
}

function requireMap(data: unknown, file: string): asserts data is Record<string, unknown> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return;
  const found = data === null || data === undefined ? 'is empty' : 'is not a map of keys';
  throw new UserError(`${file}:1:1: the scenario ${found}`, {
    exitCode: exitCodes.usage,
    hint: '`shardlab init` writes a first scenario with comments.',
  });
}

/** A list with a hole wherever an element is not sound. */
interface Parts extends Partial<Omit<ScenarioInput, 'operations' | 'strategies'>> {
  readonly operations?: readonly (OperationInput | undefined)[] | undefined;
  readonly strategies?: readonly (StrategyInput | undefined)[] | undefined;
}

type Whole = Pick<Scenario, 'arrivals' | 'schema' | 'operations' | 'strategies' | 'thresholds'>;

interface ManyParts extends Partial<Omit<TablesScenarioInput, 'operations' | 'strategies'>> {
  readonly operations?: TablesParts['operations'];
  readonly strategies?: TablesParts['strategies'];
}

/** The same of a scenario with `tables`. */
function readManyTables(
  data: Data,
  vocabulary: ScenarioVocabulary,
  problems: Problems,
): Scenario | undefined {
  const parsed = tablesScenarioInput.safeParse(data);
  if (parsed.error) problems.all.push(...problemsOf(parsed.error.issues, data));
  const elements = { operation: scriptOperationInput, strategy: tableStrategyInput };
  const parts: ManyParts = parsed.success
    ? parsed.data
    : soundParts(data, tablesScenarioInput.shape, elements);
  const arrivals = readArrivals(parts, data, problems);
  checkRepeat(parts, arrivals, problems);
  checkTenantChanges(parts, problems);
  const context = contextOf(parts, vocabulary);
  checkPlans(parts, problems);
  const { tenants } = parts;
  const counted = tenants && {
    idType: tenants.idType,
    tenants: tenants.distribution === 'file' ? undefined : tenants.count,
  };
  const whole =
    counted && readTablesScenario(parts, counted, { ...context, columns: [] }, problems);
  const inputs = parts.operations ?? [];
  if (parts.capacity !== undefined) checkOperationCosts(parts.capacity, inputs, problems);
  checkSimulation(parts.simulation, knownNames(inputs), context.shards, problems);
  const limits = limitsOf(
    data.thresholds,
    parts,
    { operations: knownNames(inputs), strategies: whole?.strategies },
    problems,
  );
  if (!parsed.success || whole === undefined || arrivals === undefined) return undefined;
  const volume = tablesData(whole.tables, parsed.data.tenants);
  checkTableRows(whole.tables, parsed.data.tenants, vocabulary.rowsMax, problems);
  return { ...common(parsed.data), arrivals, data: volume, schema: noTable, ...whole, ...limits };
}

/** What stands in place of the one table. */
const noTable: Schema = { ddl: [], indexes: [], table: '', columns: [] };

function contextOf(
  parts: Pick<Parts, 'tenants' | 'topology' | 'duration' | 'loop'>,
  vocabulary: ScenarioVocabulary,
) {
  const topologies = parts.topology && topologiesOf(parts.topology);
  return {
    idType: parts.tenants?.idType,
    vocabulary,
    durationMs: parts.duration,
    loop: parts.loop,
    shards: topologies && Math.min(...topologies.map(({ shardCount }) => shardCount)),
    topologies,
  };
}

/** Names of all operations; undefined where one is not sound. */
function knownNames(
  inputs: readonly ({ readonly name: string } | undefined)[],
): readonly string[] | undefined {
  const names = inputs.flatMap((input) => (input === undefined ? [] : [input.name]));
  return names.length === inputs.length ? names : undefined;
}

/** Of the operations that stand there where a scenario has none and no table of its own. */
const ordersNames = (data: Data): readonly string[] | undefined =>
  data.schema === undefined ? ordersOperations.map(({ name }) => name) : undefined;

/** What concerns several parts; undefined where a part is missing. */
function readWhole(
  parts: Parts,
  data: Readonly<Record<string, unknown>>,
  vocabulary: ScenarioVocabulary,
  problems: Problems,
): Whole | undefined {
  const arrivals = readArrivals(parts, data, problems);
  checkRepeat(parts, arrivals, problems);
  checkTenantChanges(parts, problems);
  const schema = readSchema(parts, data);
  const context = { ...contextOf(parts, vocabulary), columns: schema?.columns };
  const strategies = readStrategies(parts.strategies ?? [], context, problems);
  checkPlans(parts, problems);
  const own =
    data.operations === undefined ? ordersNames(data) : knownNames(parts.operations ?? []);
  const limits = limitsOf(data.thresholds, parts, { operations: own, strategies }, problems);
  if (parts.data !== undefined) checkRows(parts.data, vocabulary.rowsMax ?? Infinity, problems);
  // What stands in orders.ts is right.
  if (data.operations !== undefined) {
    checkOperationSql(parts.operations ?? [], vocabulary.sql, problems);
  }
  if (parts.schema !== undefined) checkTableSql(parts.schema, vocabulary.sql, problems);
  if (schema === undefined) return undefined;
  if (data.operations === undefined && data.schema !== undefined) {
    problems.add(['operations'], 'found nothing; allowed: a list, because the schema is your own');
    return undefined;
  }
  const inputs =
    data.operations === undefined
      ? ordersOperations.map((input) => operationInput.parse(input))
      : (parts.operations ?? []);
  if (parts.capacity !== undefined) checkOperationCosts(parts.capacity, inputs, problems);
  const keys = candidateKeys(strategies, schema, context.idType);
  const operations = readOperations(inputs, schema, keys, vocabulary.sql, problems);
  checkSimulation(parts.simulation, knownNames(inputs), context.shards, problems);
  return arrivals && { arrivals, schema, operations, strategies, ...limits };
}

/** Columns of the strategies' shard keys, without those that are reported as no key at all. */
function candidateKeys(
  strategies: readonly Strategy[],
  schema: Schema,
  idType: KeyType = 'text',
): string[] {
  // The second column of a split decides where a row goes, as the key does.
  const keys = new Set(
    strategies.flatMap(({ key, split }) => [...keyColumns(key), ...(split ? [split.by] : [])]),
  );
  return schema.columns
    .filter(({ name, generator }) => keys.has(name) && keyTypeOf(generator, idType) !== undefined)
    .map((column) => column.name);
}

function readArrivals(
  { arrivals, rate }: Pick<Parts, 'arrivals' | 'rate'>,
  data: Readonly<Record<string, unknown>>,
  problems: Problems,
): ArrivalProcess | undefined {
  if (arrivals === undefined) return undefined;
  if (typeof arrivals === 'string') {
    if (data.rate === undefined) {
      problems.add(
        ['rate'],
        `found nothing; allowed: a rate such as 800/s (arrivals: ${arrivals})`,
      );
    }
    return rate === undefined ? undefined : { process: arrivals, ratePerSecond: rate };
  }
  if (data.rate !== undefined) {
    const allowed = `no rate together with arrivals: ${arrivals.process}, which has its own rates`;
    problems.add(['rate'], mismatch(data.rate, allowed));
  }
  return arrivals;
}

function checkRepeat(
  {
    repeat,
    duration,
    strategies = [],
  }: Pick<Parts | ManyParts, 'repeat' | 'duration' | 'strategies'>,
  arrivals: ArrivalProcess | undefined,
  problems: Problems,
): void {
  const looksUp = strategies.some((strategy) => strategy?.lookup !== undefined);
  const problem = repeatProblem({ repeat, durationMs: duration, arrivals, looksUp });
  if (problem !== null) problems.add(['repeat'], problem);
}

function readSchema(
  { schema, tenants }: Parts,
  data: Readonly<Record<string, unknown>>,
): Schema | undefined {
  if (data.schema !== undefined) return schema;
  return tableInput.parse(ordersTable(tenants?.idType ?? 'text'));
}

type Common = Omit<
  Scenario,
  'arrivals' | 'data' | 'schema' | 'tables' | 'operations' | 'strategies'
>;

/** What scenarios have whether of one table or of many. */
function common(input: ScenarioInput | TablesScenarioInput): Common {
  return {
    name: input.name,
    description: input.description,
    seed: input.seed,
    durationMs: input.duration,
    warmupMs: input.warmup,
    repeat: input.repeat,
    loop: input.loop,
    tenants: input.tenants,
    topology: input.topology,
    limits: input.limits,
    alarms: input.alarms,
    wal: input.wal,
    durability: input.durability,
    baseline: input.baseline,
    ...plansOf(input),
  };
}
