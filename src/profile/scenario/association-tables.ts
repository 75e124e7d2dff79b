import type { DraftColumn, DraftTable } from './draft.ts';

/**
 * Tables of pairs, such as films and their actors: a film that is drawn twice for one actor would
 * break the primary key. So the films are numbered from 1, and an actor has those of the lowest
 * numbers: which film it is plays no part, only that each pair is there once.
 */
export function withPairs(tables: readonly DraftTable[]): readonly DraftTable[] {
  let all = tables;
  for (const table of tables) {
    const pair = pairOf(table, all);
    if (pair === null) continue;
    all = all.map((each) => {
      if (each.name === table.name) return renumbered(each, pair.column);
      return each.name === pair.other.name ? renumbered(each, pair.reference) : each;
    });
  }
  return all;
}

interface Pair {
  /** Of the table of pairs, a pick. */
  readonly column: string;
  readonly other: DraftTable;
  readonly reference: string;
}

function pairOf(table: DraftTable, all: readonly DraftTable[]): Pair | null {
  const own = table.columns.filter(({ name }) => table.primary.includes(name));
  const isApart = own.some(
    ({ made }) => made.by !== 'parent' && made.by !== 'pick' && made.by !== 'tenant',
  );
  const picks = own.flatMap((column) =>
    column.made.by === 'pick' ? [{ column, made: column.made }] : [],
  );
  const [only] = picks;
  if (isApart || only === undefined || picks.length > 1 || table.per === null) return null;
  const other = all.find(({ name }) => name === only.made.table);
  if (other === undefined || other.per !== null || other.primary.length !== 1) return null;
  const reference = other.columns.find(({ name }) => name === only.made.column);
  const isNumber = reference?.made.by === 'sequence' || isSerial(reference);
  const isKey = other.primary[0] === only.made.column;
  if (!isKey || !isNumber || table.rows.most > other.rows.total) return null;
  return { column: only.column.name, other, reference: only.made.column };
}

const isSerial = (column: DraftColumn | undefined): boolean =>
  column?.made.by === 'id' && column.made.style === 'serial';

function renumbered(table: DraftTable, column: string): DraftTable {
  return {
    ...table,
    columns: table.columns.map((each) =>
      each.name === column ? { ...each, made: { by: 'sequence' }, type: each.type } : each,
    ),
  };
}
