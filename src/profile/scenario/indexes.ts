import type { TableEvidence } from '../evidence.ts';
import { columnType } from './column-types.ts';

/** Wider values may not fit an entry of a B-tree, which is what scenarios have. */
const widestIndexed = 500;

/** Further indexes, as far as a scenario can have them: on columns, and not of a constraint. */
export function writtenIndexes(table: TableEvidence): (readonly string[])[] {
  const known = new Map(table.columns.map((column) => [column.name, column]));
  const have = [table.primary, ...table.unique].map((columns) => columns.join());
  const found: (readonly string[])[] = [];
  for (const { columns, unique, partial } of table.indexes) {
    const isPlain = columns.every((name) => {
      const column = known.get(name);
      if (column === undefined) return false;
      const { kind } = columnType(column);
      const isNarrow = (column.stats?.averageWidth ?? 0) <= widestIndexed;
      return kind !== 'json' && kind !== 'literal' && isNarrow;
    });
    if (!isPlain || partial || columns.length === 0) continue;
    if (unique && have.includes(columns.join())) continue;
    if (have.includes(columns.join())) continue;
    have.push(columns.join());
    found.push(columns);
  }
  return found;
}
