import { z } from 'zod';
import { present } from '../base/assert.ts';
import type { KeyType } from '../base/keys.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { checkOperationCosts } from './capacity-input.ts';
import { readDocument } from './document.ts';
import { checkGrowthPath } from './growth-input.ts';
import { type ScenarioInput, scenarioInput } from './input.ts';
import { problemsOf } from './issues.ts';
import { type OperationInput, operationInput } from './operation-input.ts';
import { readOperations } from './operations.ts';
import { ordersOperations, ordersTable } from './orders.ts';
import { checkRows } from './data-input.ts';
import { mismatch, Problems, problemsError } from './problem.ts';
import { topologiesOf } from './shard-counts.ts';
import { keyColumns, keyTypeOf } from './shard-key.ts';
import { checkSimulation } from './simulation-input.ts';
import { checkOperationSql, checkTableSql } from './sql-faults.ts';
import { readStrategies } from './strategies.ts';
import { type StrategyInput, strategyInput } from './strategy-input.ts';
import { tableInput } from './table-input.ts';
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
  const document = readDocument(text, file);
  requireMap(document.data, file);
  const parsed = scenarioInput.safeParse(document.data);
  const problems = new Problems();
  if (parsed.error) problems.all.push(...problemsOf(parsed.error.issues, document.data));
  const parts = parsed.success ? parsed.data : soundParts(document.data);
  const whole = readWhole(parts, document.data, vocabulary, problems);
  if (problems.all.length > 0 || !parsed.success) {
    throw problemsError(file, problems.all, (each) => document.positionOf(each));
  }
  return assemble(parsed.data, present(whole, 'scenario without problems'));
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

/** Whatever is sound of a document that is not, so that its other problems show at once. */
function soundParts(data: Readonly<Record<string, unknown>>): Parts {
  const sound: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(scenarioInput.shape)) {
    const part = z.safeParse(field, data[name]);
    if (part.success) sound[name] = part.data;
  }
  const parts: Parts = sound;
  return {
    ...parts,
    operations: parts.operations ?? soundElements(operationInput, data.operations),
    strategies: parts.strategies ?? soundElements(strategyInput, data.strategies),
  };
}

function soundElements<T extends z.ZodType>(
  element: T,
  list: unknown,
): (z.output<T> | undefined)[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return list.map((each) => element.safeParse(each).data);
}

type Whole = Pick<Scenario, 'arrivals' | 'schema' | 'operations' | 'strategies'>;

/** What concerns several parts; undefined where a part is missing. */
function readWhole(
  parts: Parts,
  data: Readonly<Record<string, unknown>>,
  vocabulary: ScenarioVocabulary,
  problems: Problems,
): Whole | undefined {
  const arrivals = readArrivals(parts, data, problems);
  const schema = readSchema(parts, data);
  const idType = parts.tenants?.idType;
  const topologies = parts.topology && topologiesOf(parts.topology);
  const fewest = topologies && Math.min(...topologies.map(({ shardCount }) => shardCount));
  const context = {
    columns: schema?.columns,
    idType,
    vocabulary,
    durationMs: parts.duration,
    loop: parts.loop,
    shards: fewest,
    topologies,
  };
  const strategies = readStrategies(parts.strategies ?? [], context, problems);
  checkGrowthPath(parts.growth?.to ?? [], parts.topology?.shards, problems);
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
  const keys = candidateKeys(strategies, schema, idType);
  const operations = readOperations(inputs, schema.columns, keys, vocabulary.sql, problems);
  const names = inputs.flatMap((input) => (input === undefined ? [] : [input.name]));
  const known = names.length === inputs.length ? names : undefined;
  checkSimulation(parts.simulation, known, fewest, problems);
  return arrivals && { arrivals, schema, operations, strategies };
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
  { arrivals, rate }: Parts,
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

function readSchema(
  { schema, tenants }: Parts,
  data: Readonly<Record<string, unknown>>,
): Schema | undefined {
  if (data.schema !== undefined) return schema;
  return tableInput.parse(ordersTable(tenants?.idType ?? 'text'));
}

function assemble(input: ScenarioInput, whole: Whole): Scenario {
  return {
    name: input.name,
    description: input.description,
    seed: input.seed,
    durationMs: input.duration,
    warmupMs: input.warmup,
    arrivals: whole.arrivals,
    loop: input.loop,
    tenants: input.tenants,
    data: input.data,
    topology: input.topology,
    limits: input.limits,
    alarms: input.alarms,
    wal: input.wal,
    durability: input.durability,
    schema: whole.schema,
    operations: whole.operations,
    baseline: input.baseline,
    strategies: whole.strategies,
    simulation: input.simulation,
    growth: input.growth,
    capacity: input.capacity,
    cost: input.cost,
  };
}
