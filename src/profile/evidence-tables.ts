import type { Table, TableColumn, TableSet } from '../scenario/table-types.ts';
import type { ColumnEvidence, SchemaEvidence, TableEvidence } from './evidence.ts';

/**
 * The tables that were seen, as `sql/` reads statements on them. How their rows come about is not
 * known, so that none hangs on another and no column has a generator.
 */
export function evidenceTables({ tables, views }: SchemaEvidence): TableSet {
  const known = new Set(tables.map(({ name }) => name));
  return {
    tables: tables.map((table) => evidenceTable(table, known)),
    keys: [],
    views: views.map(({ name, sql }) => ({ name, sql })),
  };
}

function evidenceTable(table: TableEvidence, known: ReadonlySet<string>): Table {
  const { name, primary, unique, foreign, indexes, rows } = table;
  const plain = indexes.map(({ columns }) => columns.filter((column) => !column.startsWith('(')));
  return {
    name,
    per: null,
    rows: { kind: 'fixed', count: rows.count },
    columns: table.columns.map(evidenceColumn),
    primary,
    unique,
    foreign: foreign.filter((key) => known.has(key.table)),
    indexes: plain.filter((columns) => columns.length > 0),
    rowBytes: null,
  };
}

function evidenceColumn(column: ColumnEvidence): TableColumn {
  const { name, notNull, stats } = column;
  return {
    name,
    type: typeBelow(column),
    generator: null,
    default: column.default,
    nulls: notNull ? 0 : Math.max(stats?.nullFraction ?? 0, nullsLeast),
  };
}

/** Of a column that may be NULL but was never seen so: above 0, which would say NOT NULL. */
const nullsLeast = 1e-6;

/** Values of a domain are those of the type below it; equal ones are the same key. */
export const typeBelow = ({ type, typeKind, base }: ColumnEvidence): string =>
  typeKind === 'domain' ? base : type;
