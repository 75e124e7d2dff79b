import type { ReadOnlySession } from '../session-types.ts';
import { type ColumnType, readTypes } from './column-types.ts';
import {
  type GroupStatistics,
  readGroupStatistics,
  readStatistics,
  type StatisticsRow,
} from './column-statistics.ts';
import { type Column, type ColumnExpression, readColumns, readExpressions } from './columns.ts';
import { type Constraint, readConstraints } from './constraints.ts';
import { type Index, readIndexes } from './indexes.ts';
import { Partitioning } from './partitioning.ts';
import { type Relation, readInheritance, readRelations } from './relations.ts';
import { readSizes, type Sizes } from './sizes.ts';
import { readViews } from './views.ts';

/** What the catalogue says, by ids; tables that extensions have made are left out. */
export interface Catalog {
  /** Neither partitions nor views, with at least one column. */
  readonly tables: readonly Relation[];
  readonly views: readonly Relation[];
  readonly ofExtensions: readonly Relation[];
  readonly withoutColumns: readonly Relation[];
  readonly partitioning: Partitioning;
  readonly columns: readonly Column[];
  readonly expressions: readonly ColumnExpression[];
  readonly types: ReadonlyMap<string, ColumnType>;
  readonly constraints: readonly Constraint[];
  /** Of partitions as well. */
  readonly indexes: readonly Index[];
  readonly sizes: Sizes;
  /** By id of a view, without those that could not be read. */
  readonly viewSql: ReadonlyMap<string, string>;
  readonly statistics: readonly StatisticsRow[];
  readonly groups: readonly GroupStatistics[];
}

const idsOf = (relations: readonly { readonly id: string }[]): string[] =>
  relations.map(({ id }) => id);

/** A table that gets locked while it is read is known to be at the second look. */
const attempts = 3;

/** A few queries, however many tables there are. */
export async function readCatalog(
  session: ReadOnlySession,
  report: (done: string) => void,
): Promise<Catalog> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readOnce(session, report);
    } catch (error) {
      if (attempt === attempts || (error as { code?: string }).code !== '55P03') throw error;
    }
  }
}

async function readOnce(
  session: ReadOnlySession,
  report: (done: string) => void,
): Promise<Catalog> {
  const relations = await session.sample(readRelations);
  const partitioning = new Partitioning(relations, await session.sample(readInheritance));
  const ours = relations.filter(({ id }) => partitioning.rootOf(id).extension === null);
  const views = ours.filter(({ kind }) => kind.endsWith('view'));
  const stored = ours.filter(({ kind }) => !kind.endsWith('view'));
  const roots = stored.filter(({ isPartition }) => !isPartition);
  const tables = roots.filter(({ hasColumns }) => hasColumns);
  report(`${tables.length} tables`);
  const definitions = await readDefinitions(session, tables, stored);
  report('columns, keys and indexes');
  const sizes = await readSizes(session, stored, definitions.indexes);
  const locked = relations.filter((each) => each.locked);
  const viewSql = await readViews(session, idsOf(views), idsOf(locked));
  report('sizes');
  const statistics = await readStatistics(session, tables);
  const groups = await session.sample((query) => readGroupStatistics(query, idsOf(tables)));
  report('statistics of columns');
  return {
    tables,
    views,
    withoutColumns: roots.filter(({ hasColumns }) => !hasColumns),
    ofExtensions: relations.filter(
      ({ id, isPartition }) => !isPartition && partitioning.rootOf(id).extension !== null,
    ),
    partitioning,
    ...definitions,
    sizes,
    viewSql,
    statistics,
    groups,
  };
}

type Definitions = Pick<Catalog, 'columns' | 'expressions' | 'types' | 'constraints' | 'indexes'>;

async function readDefinitions(
  session: ReadOnlySession,
  tables: readonly Relation[],
  stored: readonly Relation[],
): Promise<Definitions> {
  const free = idsOf(stored.filter(({ locked }) => !locked));
  const locked = idsOf(stored.filter((each) => each.locked));
  return session.sample(async (query) => {
    const columns = await readColumns(query, idsOf(tables));
    return {
      columns,
      expressions: await readExpressions(query, free),
      types: await readTypes(query, [...new Set(columns.map(({ typeId }) => typeId))]),
      constraints: await readConstraints(query, idsOf(tables), locked),
      indexes: await readIndexes(query, idsOf(stored), locked),
    };
  });
}
