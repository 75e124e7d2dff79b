import type { Table, TableSet } from '../../scenario/table-types.ts';
import { hasNoRows } from '../../scenario/tables/row-bounds.ts';
import { TableTree } from '../../scenario/tables/table-tree.ts';
import type { IndexEvidence, SchemaEvidence, TableActivity, TableEvidence } from '../evidence.ts';
import { drawnValue } from './drawn-values.ts';
import { FreshRows } from './fresh-rows.ts';
import { OperationDraws } from './operation-draws.ts';
import { OperationNames } from './operation-names.ts';
import { quotedName as quoted } from './quoted-name.ts';
import type { WrittenOperation } from './written-operation.ts';

/** Kinds of work that counters tell apart, each with what one of it counts. */
interface CountedWork {
  readonly wanted: string;
  readonly kind: 'read' | 'write';
  readonly statement: string;
  readonly draw?: Readonly<Record<string, string>>;
  readonly expect?: readonly string[];
  /** null: no counter says it. */
  readonly count: number | null;
  /** What was counted, for the comment. */
  readonly basis: string;
}

/** Tables of least use are left out where others do more than this share of the work. */
const coverage = 0.95;
const tablesMost = 40;

/**
 * Operations where no query was seen, from the counters of tables: rows by primary key, lists by
 * what they hang on, rows that are made, changed and deleted. Where there are no counters either,
 * all are equally frequent, and their comments say that this is a guess.
 */
export function operationsOfCounters(schema: SchemaEvidence, set: TableSet): WrittenOperation[] {
  const tree = new TableTree(set.tables);
  const seen = new Map(schema.tables.map((table) => [table.name, table]));
  const isCounted = hasCounters(schema);
  const works = set.tables.flatMap((table) =>
    worksOn(table, tree, isCounted ? seen.get(table.name) : undefined),
  );
  const counted = isCounted ? works.filter(({ count }) => (count ?? 0) > 0) : guessed(works);
  const kept = heaviest(counted);
  const total = kept.reduce((sum, { count }) => sum + (count ?? 1), 0);
  const names = new OperationNames();
  return kept.map((work): WrittenOperation => {
    const { kind, draw = {}, expect, statement } = work;
    const name = names.add(work.wanted);
    const weight = Number(((100 * (work.count ?? 1)) / total).toPrecision(4));
    const own = { name, kind, weight, comment: commentOf(work), draw, statements: [statement] };
    return Object.assign(own, expect && { expect });
  });
}

/** Whether counters say anything at all of what is done to tables. */
export const hasCounters = ({ tables }: SchemaEvidence): boolean =>
  tables.some(({ activity }) => activity !== null && isUsed(activity));

const isUsed = (activity: TableActivity): boolean =>
  activity.inserted + activity.updated + activity.deleted + activity.indexScans > 0;

/** Of the first tables only, so that a guess stays one that can be read. */
function guessed(works: readonly CountedWork[]): CountedWork[] {
  return works.slice(0, tablesMost);
}

function heaviest(works: readonly CountedWork[]): CountedWork[] {
  const whole = works.reduce((sum, { count }) => sum + (count ?? 1), 0);
  let covered = 0;
  return works
    .toSorted((one, other) => (other.count ?? 1) - (one.count ?? 1))
    .filter(({ count }) => {
      const isWanted = covered < coverage * whole || count === null;
      covered += count ?? 1;
      return isWanted;
    });
}

function commentOf({ count, basis }: CountedWork): string {
  if (count === null) return 'A guess: nothing has counted what is done to this table.';
  return `${Math.round(count).toLocaleString('en-US')} ${basis}, by the table's counters.`;
}

/** @param seen undefined: there are no counters at all */
function worksOn(table: Table, tree: TableTree, seen: TableEvidence | undefined): CountedWork[] {
  const isKnown = table.primary.every((column) => isFilled(table, column));
  const primary = table.primary.length > 0 && isKnown ? table.primary : null;
  const isEmpty = hasNoRows(table.name, tree);
  const lists = primary === null || isEmpty ? [] : listColumns(table, primary);
  const ways = [...(primary === null ? [] : [primary]), ...lists.map((column) => [column])];
  const reads = isEmpty ? [] : readsOf(table, ways, seen);
  return [...reads, ...writesOf(table, tree, isEmpty ? null : primary, seen?.activity ?? null)];
}

/** Columns that rows are asked for by: what they hang on, and what foreign keys point to. */
function listColumns(table: Table, primary: readonly string[]): string[] {
  const copied = table.columns.filter(
    ({ generator }) => generator?.kind === 'parent' || generator?.kind === 'tenant',
  );
  const foreign = table.foreign.flatMap(({ columns }) => (columns.length === 1 ? columns : []));
  const all = [...new Set([...copied.map(({ name }) => name), ...foreign])];
  const known = all.filter((column) => isFilled(table, column));
  return known.filter((column) => primary.join() !== column).slice(0, 2);
}

const isFilled = ({ columns }: Table, column: string): boolean =>
  columns.some(({ name, generator }) => name === column && generator !== null);

const where = (table: Table, columns: readonly string[]): string =>
  columns.map((column) => `${quoted(column)} = :${table.name}.${column}`).join(' and ');

/** @param ways columns by which rows are asked for, those of the primary key first */
function readsOf(
  table: Table,
  ways: readonly (readonly string[])[],
  seen: TableEvidence | undefined,
): CountedWork[] {
  const { name } = table;
  const { activity = null, indexes = [] } = seen ?? {};
  // Changes find their rows by an index, too.
  const scans = activity && Math.max(0, activity.indexScans - activity.updated - activity.deleted);
  const byIndex = scansByWay(indexes, ways);
  const all = byIndex.reduce((sum, each) => sum + each, 0);
  return ways.map((columns, way): CountedWork => {
    const share = all === 0 ? 1 / ways.length : (byIndex[way] ?? 0) / all;
    const end = table.primary.join() === columns.join() ? '' : ' limit 20';
    return {
      wanted: `read_${name}_by_${columns.join('_')}`,
      kind: 'read',
      statement: `select * from ${quoted(name)} where ${where(table, columns)}${end}`,
      count: scans === null ? null : scans * share,
      basis: 'index scans',
    };
  });
}

/** An index is taken to be for the longest of the ways that it begins with. */
function scansByWay(
  indexes: readonly IndexEvidence[],
  ways: readonly (readonly string[])[],
): number[] {
  const scansOf = ways.map(() => 0);
  const longest = [...ways.entries()].toSorted(([, one], [, other]) => other.length - one.length);
  for (const { columns, scans } of indexes) {
    const found = longest.find(([, way]) => {
      const first = columns.slice(0, way.length).toSorted();
      return first.join() === way.toSorted().join();
    });
    if (found !== undefined) scansOf[found[0]] = (scansOf[found[0]] ?? 0) + (scans ?? 0);
  }
  return scansOf;
}

function writesOf(
  table: Table,
  tree: TableTree,
  primary: readonly string[] | null,
  activity: TableActivity | null,
): CountedWork[] {
  const { name } = table;
  const filled = table.columns.filter(({ generator }) => generator !== null);
  const names = filled.map((column) => quoted(column.name)).join(', ');
  const draws = new OperationDraws(tree);
  const fresh = new FreshRows(tree);
  const values = filled.map((column) => fresh.valueOf(table, column, draws)).join(', ');
  const insert: CountedWork = {
    wanted: `insert_${name}`,
    kind: 'write',
    statement: `insert into ${quoted(name)} (${names}) values (${values})`,
    draw: draws.entries,
    expect: ['23505', '23503'],
    count: activity && activity.inserted,
    basis: 'rows inserted',
  };
  const inserts = filled.length === 0 ? [] : [insert];
  if (primary === null) return inserts;
  const update = updateOf(table, primary, activity);
  const deletion: CountedWork = {
    wanted: `delete_${name}_by_${primary.join('_')}`,
    kind: 'write',
    statement: `delete from ${quoted(name)} where ${where(table, primary)}`,
    expect: ['empty', '23503'],
    count: activity && activity.deleted,
    basis: 'rows deleted',
  };
  // Nobody guesses that rows are deleted.
  const deletions = activity === null ? [] : [deletion];
  return [...inserts, ...(update === null ? [] : [update]), ...deletions];
}

function updateOf(
  table: Table,
  primary: readonly string[],
  activity: TableActivity | null,
): CountedWork | null {
  const { name } = table;
  const foreign = new Set(table.foreign.flatMap(({ columns }) => columns));
  const unique = new Set([...table.unique.flat(), ...primary]);
  const column = table.columns.find(
    (each) => !foreign.has(each.name) && !unique.has(each.name) && drawnValue(each) !== undefined,
  );
  const yaml = column && drawnValue(column);
  if (column === undefined || yaml === undefined) return null;
  return {
    wanted: `update_${name}_by_${primary.join('_')}`,
    kind: 'write',
    statement:
      `update ${quoted(name)} set ${quoted(column.name)} = :new_value ` +
      `where ${where(table, primary)}`,
    draw: { new_value: yaml },
    expect: ['empty'],
    count: activity && activity.updated,
    basis: 'rows updated',
  };
}
