import type { TableEvidence } from '../../../profile/evidence.ts';
import { present } from '../../../base/assert.ts';
import { summedActivity } from '../activity.ts';
import type { SeenActivity } from '../seen-activity.ts';
import type { CatalogNames } from './catalog-names.ts';
import { columnEvidence, withoutTypeSchemas } from './column-evidence.ts';
import type { GroupStatistics, StatisticsRow } from './column-statistics.ts';
import type { Column } from './columns.ts';
import type { Constraint } from './constraints.ts';
import { indexEvidence } from './index-evidence.ts';
import type { Index } from './indexes.ts';
import { keyEvidence } from './key-evidence.ts';
import type { Catalog } from './read-catalog.ts';
import type { Relation } from './relations.ts';
import { mainBytes, tableBytes, tableRows } from './table-sizes.ts';

/** What the catalogue has, by id of the table. */
export interface TableParts {
  readonly catalog: Catalog;
  readonly names: CatalogNames;
  readonly activity: SeenActivity;
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** By id and number of a column, with / between. */
  readonly expressions: ReadonlyMap<string, string>;
  readonly statistics: ReadonlyMap<string, readonly StatisticsRow[]>;
  readonly constraints: ReadonlyMap<string, readonly Constraint[]>;
  readonly indexes: ReadonlyMap<string, readonly Index[]>;
  /** By id of an index of a table: it and its parts. */
  readonly indexParts: ReadonlyMap<string, readonly Index[]>;
  readonly groups: ReadonlyMap<string, readonly GroupStatistics[]>;
  /** An expression over a table's columns, in names of the scenario. */
  readonly renamed: (sql: string, table: Relation) => string;
}

export const tableKey = ({ schema, name }: { schema: string; name: string }): string =>
  `${schema}\u001f${name}`;

export function tableEvidence(table: Relation, parts: TableParts): TableEvidence {
  const { catalog, names, activity } = parts;
  const renamed = (sql: string): string =>
    parts.renamed(withoutTypeSchemas(sql, catalog.types), table);
  const leaves = catalog.partitioning.leavesOf(table);
  const counters = leaves.flatMap(({ id }) => activity.tables?.get(id) ?? []);
  const rows = tableRows(catalog, table, (id) => activity.tables?.get(id)?.liveRows ?? null);
  const groups = distinctTogether(table, parts, rows.count);
  return {
    name: names.table(table.id),
    stored: { schema: table.schema, name: table.name },
    kind: table.kind === 'partitioned' || table.kind === 'foreign' ? table.kind : 'table',
    columns: columnsOf(table, parts, rows.count, renamed),
    ...keyEvidence(parts.constraints.get(table.id) ?? [], parts.indexes.get(table.id) ?? [], {
      names,
      renamed,
      isKnown: (id) => catalog.partitioning.has(id) && names.table(id) !== '',
    }),
    ...indexesOf(table, parts, renamed),
    rows,
    partitions:
      table.kind === 'partitioned' ? { count: leaves.length, by: table.partitionKey ?? '' } : null,
    inherits: catalog.partitioning
      .ancestorsOf(table)
      .flatMap((id) => (catalog.partitioning.has(id) ? names.table(id) : [])),
    activity: activity.tables === null ? null : summedActivity(counters, activity.seconds),
    readable: table.readable,
    ...(table.rowSecurity && { rowsHidden: true as const }),
    ...(groups.length === 0 ? {} : { distinctTogether: groups }),
  };
}

function columnsOf(
  table: Relation,
  parts: TableParts,
  rows: number,
  renamed: (sql: string) => string,
): TableEvidence['columns'] {
  const statistics = new Map(
    (parts.statistics.get(tableKey(table)) ?? []).map((row) => [row.column, row]),
  );
  return (parts.columns.get(table.id) ?? []).map((column) => {
    const sql = parts.expressions.get(`${table.id}/${column.number}`);
    return columnEvidence(column, {
      name: parts.names.column(table.id, column.number),
      types: parts.catalog.types,
      sql: sql === undefined ? null : renamed(sql),
      statistics: statistics.get(column.name),
      rows,
    });
  });
}

/** Bytes of all indexes, those that only single partitions have as well. */
function indexesOf(
  table: Relation,
  parts: TableParts,
  renamed: (sql: string) => string,
): Pick<TableEvidence, 'indexes' | 'bytes'> {
  const { catalog, names, activity } = parts;
  const sum = (indexes: readonly Index[], of: (index: Index) => number): number =>
    indexes.reduce((total, index) => total + of(index), 0);
  const bytesOf = (indexes: readonly Index[]): number =>
    sum(indexes, (index) => mainBytes(catalog.sizes, index));
  const all = catalog.partitioning.leavesOf(table).flatMap(({ id }) => parts.indexes.get(id) ?? []);
  return {
    bytes: { ...tableBytes(catalog, table), indexes: bytesOf(all) },
    indexes: (parts.indexes.get(table.id) ?? []).map((index) => {
      const pieces = present(parts.indexParts.get(index.id), 'parts of an index');
      const scans = activity.indexScans;
      return indexEvidence(index, {
        names,
        renamed,
        bytes: bytesOf(pieces),
        scans: scans === null ? null : sum(pieces, ({ id }) => scans.get(id) ?? 0),
      });
    }),
  };
}

function distinctTogether(
  table: Relation,
  parts: TableParts,
  rows: number,
): NonNullable<TableEvidence['distinctTogether']> {
  return (parts.groups.get(table.id) ?? []).flatMap(({ distinct }) =>
    Object.entries(distinct).flatMap(([list, count]) => {
      const numbers = list.split(', ').map(Number);
      // Those of expressions are below 0.
      if (numbers.some((number) => !(number > 0))) return [];
      const columns = parts.names.columns(table.id, numbers);
      return [{ columns, distinct: count < 0 ? Math.round(-count * rows) : count }];
    }),
  );
}
