import { present } from '../../base/assert.ts';
import type { Fact } from '../../result/finding.ts';
import type { TableSet } from '../../scenario/table-types.ts';
import type { ScenarioVocabulary } from '../../scenario/vocabulary.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import type { Evidence, QueryEvidence } from '../evidence.ts';
import { hasCounters, operationsOfCounters } from '../operations/operations-of-counters.ts';
import type { WrittenOperation, WrittenStep } from '../operations/written-operation.ts';
import { writtenOperations } from '../operations/written-operations.ts';
import { keysMost } from './draft-keys.ts';
import { defaultOperations, probe } from './default-operations.ts';
import type { DraftedTables, DraftScenario } from './draft-scenario.ts';
import { type Mended, mended } from './mended.ts';
import type { Tenancy } from './tenancy.ts';

export interface ScenarioOperations {
  readonly operations: readonly WrittenOperation[];
  readonly isAssumed: boolean;
  readonly coveredShare: number | null;
  readonly leftOut: ReadonlyMap<number, Fact>;
  readonly rate: DraftScenario['rate'];
}

interface OperationsWanted {
  readonly evidence: Evidence;
  readonly tenancy: Tenancy;
  readonly vocabulary: ScenarioVocabulary;
  readonly reader: StatementReader;
  readonly coverage: number;
}

const assumedRate = 100;
/** More is not asked of a machine that has all shards; with less, nothing would be measured. */
const [rateLeast, rateMost] = [20, 250];
/** Of statements that take long a small shard takes fewer: in ms of theirs, a second. */
const busyMs = 500;

/** Tables that stand without operations, and the operations on them. */
export function scenarioOperations(
  tables: DraftedTables,
  wanted: OperationsWanted,
): { readonly first: Mended; readonly operations: ScenarioOperations } {
  const [any] = tables.tables;
  const first = mended(
    {
      ...tables,
      header: [],
      rate: { seen: null, calls: null, written: assumedRate },
      now: { load: null, bytes: null },
      isAssumed: false,
      operations: [probe(present(any, 'a table').name)],
    },
    wanted.vocabulary,
  );
  const known = first.draft.keys.slice(0, keysMost);
  const names = new Set(known.map(({ name }) => name));
  const all = present(first.scenario.tables, 'tables');
  const set = { ...all, keys: all.keys.filter(({ name }) => names.has(name)) };
  const draft = { ...first.draft, keys: known };
  return { first: { ...first, draft }, operations: operationsOf(set, draft, wanted) };
}

function operationsOf(
  set: TableSet,
  { tables }: DraftScenario,
  { evidence, tenancy, reader, coverage }: OperationsWanted,
): ScenarioOperations {
  const { queries } = evidence;
  const found =
    queries === null || queries.templates.length === 0
      ? null
      : writtenOperations(queries, set, reader, { coverage });
  if (found !== null && found.operations.length > 0) {
    const rate = rateOf(evidence, statementsIn(found.operations));
    return { ...found, isAssumed: false, rate };
  }
  const { schema } = evidence;
  const counted = schema !== null && hasCounters(schema) ? operationsOfCounters(schema, set) : [];
  const rest = { coveredShare: found === null ? null : 0, leftOut: found?.leftOut ?? new Map() };
  if (counted.length > 0) {
    return { ...rest, operations: counted, isAssumed: false, rate: rateOf(evidence, 1) };
  }
  const rows = new Map(tables.map((table) => [table.name, table.rows.total]));
  return {
    operations: defaultOperations(set, tenancy, (name) => rows.get(name) ?? 0),
    isAssumed: true,
    ...rest,
    rate: rateOf(evidence, 1),
  };
}

/** Statements of an operation on average. */
function statementsIn(operations: readonly WrittenOperation[]): number {
  const sum = (numbers: readonly number[]): number => numbers.reduce((so, each) => so + each, 0);
  const times = (repeat: string): number => {
    const ends = repeat.split('..').map(Number);
    return sum(ends) / ends.length;
  };
  const inStep = (step: WrittenStep): number =>
    typeof step === 'string' ? 1 : times(step.repeat) * step.statements.length;
  const weights = sum(operations.map(({ weight }) => weight));
  const all = sum(operations.map(({ weight, statements }) => weight * sum(statements.map(inStep))));
  return Math.max(1, all / weights);
}

/** @param statements of an operation on average */
function rateOf({ queries }: Evidence, statements: number): DraftScenario['rate'] {
  const seconds = queries?.seconds ?? 0;
  if (queries === null || seconds <= 0) {
    return { seen: null, calls: null, written: assumedRate };
  }
  const calls = queries.templates.reduce((sum, template) => sum + template.calls, 0) / seconds;
  const seen = calls / statements;
  const least = Math.max(rateLeast, Math.min(assumedRate, busyMs / Math.max(1, meanMs(queries))));
  const written = Math.max(least, Math.min(rateMost, seen));
  return { seen, calls, written: Number(written.toPrecision(2)) };
}

/** Of a statement; 0 where no time is known. */
function meanMs({ templates }: QueryEvidence): number {
  const timed = templates.filter(({ totalMs }) => totalMs !== null);
  const calls = timed.reduce((sum, template) => sum + template.calls, 0);
  return timed.reduce((sum, { totalMs }) => sum + (totalMs ?? 0), 0) / Math.max(1, calls);
}
