import { readFileSync } from 'node:fs';
import { present } from '../base/assert.ts';
import { parseScenario } from '../scenario/parse.ts';
import { expectedRows } from '../scenario/tables/expected-rows.ts';
import { TableTree } from '../scenario/tables/table-tree.ts';
import type { ScriptStatement, Table, TableColumn } from '../scenario/table-types.ts';
import type { Scenario } from '../scenario/types.ts';
import { sqlReaderFixture } from '../sql/sql-reader-fixture.ts';
import { scenarioVocabulary } from '../study/scenario/vocabulary.ts';
import type {
  ColumnEvidence,
  ColumnStats,
  Evidence,
  QueryEvidence,
  SchemaEvidence,
  TableEvidence,
  Template,
} from './evidence.ts';

const folder = new URL('../../scenarios/', import.meta.url);

export type ShippedTables = 'shop' | 'tpcc' | 'social' | 'smallbank' | 'tatp';

/** A shipped scenario with many tables. */
export function shippedTables(name: ShippedTables): Scenario {
  const path = `${name}.yaml`;
  const text = readFileSync(new URL(path, folder), 'utf8');
  return parseScenario(text, path, scenarioVocabulary(sqlReaderFixture));
}

/** What a profile would see of a database that the scenario has filled and run against. */
export function shippedEvidence(name: ShippedTables): Evidence {
  const scenario = shippedTables(name);
  return {
    sources: [{ kind: 'postgres', name: 'postgres://localhost/shop', read: {}, about: {} }],
    schema: schemaEvidenceOf(scenario),
    queries: queryEvidenceOf(scenario),
    candidates: [],
    values: [],
    shapes: [],
    load: [],
    health: [],
    unparsed: [],
    unseen: [],
  };
}

export function schemaEvidenceOf(scenario: Scenario): SchemaEvidence {
  const { tables, views } = present(scenario.tables, 'tables');
  const tree = new TableTree(tables);
  const tenants = tenantsOf(scenario);
  const rowsOf = (table: Table): number => Math.round(expectedRows(table, tree, tenants));
  return {
    tables: tables.map((table) => tableEvidence(table, rowsOf(table))),
    views: views.map(({ name, sql }) => {
      return { name, stored: { schema: 'public', name }, materialized: false, sql };
    }),
  };
}

const tenantsOf = ({ tenants }: Scenario): number => ('count' in tenants ? tenants.count : 100);

function tableEvidence(table: Table, rows: number): TableEvidence {
  const { name, primary, unique, foreign, indexes } = table;
  return {
    name,
    stored: { schema: 'public', name },
    kind: 'table',
    columns: table.columns.map((column) => columnEvidence(column, rows)),
    primary,
    unique,
    exclusions: [],
    foreign,
    checks: [],
    indexes: indexes.map((columns, at) => {
      return {
        name: `${name}_${at}`,
        columns,
        unique: false,
        partial: false,
        bytes: 8192,
        scans: 0,
      };
    }),
    rows: { count: rows, basis: 'exact' },
    bytes: { heap: rows * 100, indexes: rows * 20, toast: 0 },
    partitions: null,
    inherits: [],
    activity: null,
    readable: true,
  };
}

function columnEvidence(column: TableColumn, rows: number): ColumnEvidence {
  const { name, type, nulls } = column;
  return {
    name,
    stored: name,
    type,
    typeKind: 'base',
    base: type,
    enumLabels: [],
    notNull: nulls === 0,
    default: column.default,
    generated: null,
    identity: null,
    stats: statsOf(column, rows),
    readable: true,
  };
}

/** Of columns whose generator makes each value once; of others nothing is said. */
function statsOf({ generator, nulls }: TableColumn, rows: number): ColumnStats | null {
  if (generator?.kind !== 'id') return null;
  return {
    distinct: rows,
    nullFraction: nulls,
    averageWidth: 8,
    mostCommon: [],
    histogram: [],
    physicalCorrelation: 1,
  };
}

/** Each statement of each operation once; its calls are hundredths of the operation's weight. */
export function queryEvidenceOf(scenario: Scenario): QueryEvidence {
  const templates = new Map<string, Template>();
  for (const { script, weight } of scenario.operations) {
    for (const statement of script?.statements ?? []) {
      const sql = statement.text;
      const calls =
        (templates.get(sql)?.calls ?? 0) + Math.round(weight * 100) * repeats(statement);
      templates.set(sql, template(sql, calls));
    }
  }
  const all = [...templates.values()];
  return { templates: all, seconds: 60, transactions: [], perSecond: [] };
}

/** Statements of a repeated group run several times in each call. */
const repeats = ({ group }: ScriptStatement): number => (group === 0 ? 1 : 3);

const template = (sql: string, calls: number): Template => {
  return { sql, fingerprint: sql, calls, totalMs: calls * 2, rows: calls, source: 0, line: null };
};
