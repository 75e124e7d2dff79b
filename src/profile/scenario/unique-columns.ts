import type { TableEvidence } from '../evidence.ts';
import { type ColumnType, columnType } from './column-types.ts';
import type { DraftColumn } from './draft.ts';

/**
 * Columns of primary keys and unique constraints, made so that they tell rows apart: an id of the
 * column's type where it stands alone, a number within the parent where that has the others.
 *
 * @param within columns that say which row it hangs on; null: on none
 */
export function uniqueColumns(
  table: TableEvidence,
  columns: readonly DraftColumn[],
  within: readonly string[] | null,
): readonly DraftColumn[] {
  let made = columns;
  for (const list of [table.primary, ...table.unique]) {
    const isWithin = within?.every((column) => list.includes(column)) ?? false;
    if (list.length > 0) made = withUnique(table, made, list, isWithin, within);
  }
  return made;
}

function withUnique(
  table: TableEvidence,
  columns: readonly DraftColumn[],
  list: readonly string[],
  isWithin: boolean,
  within: readonly string[] | null,
): readonly DraftColumn[] {
  const own = columns.filter(({ name }) => list.includes(name));
  const isApart = own.some(
    ({ made }) => made.by === 'id' || made.by === 'sequence' || isPadded(made),
  );
  const isTenant = list.length === 1 && own[0]?.made.by === 'tenant';
  if (isApart || isTenant) return columns;
  const free = own
    .filter(({ made }) => made.by === 'values' || made.by === 'timestamp' || made.by === 'nothing')
    .toReversed();
  const chosen = free.find(({ name }) => kindOf(table, name)?.kind === 'integer') ?? free[0];
  if (chosen === undefined) return columns;
  const type = kindOf(table, chosen.name);
  if (type === undefined) return columns;
  const isNumbered = isWithin && !isOneByOne(table, chosen.name);
  const isAlone = list.length === 1;
  const apart = apartColumn(chosen, type, { isNumbered, isAlone, hangs: within !== null, table });
  return apart === null ? columns : columns.map((each) => (each === chosen ? apart : each));
}

/** Whether its values were each seen once in the whole table, as those of a surrogate key are. */
function isOneByOne({ columns, rows }: TableEvidence, name: string): boolean {
  const column = columns.find((each) => each.name === name);
  if (column === undefined) return false;
  const isCounter = column.identity !== null || (column.default ?? '').startsWith('nextval(');
  return isCounter || (column.stats?.distinct ?? 0) > rows.count * 0.9;
}

interface Place {
  /** Whether what it hangs on is told apart by the other columns. */
  readonly isNumbered: boolean;
  readonly isAlone: boolean;
  readonly hangs: boolean;
  readonly table: TableEvidence;
}

const isPadded = (made: DraftColumn['made']): boolean =>
  made.by === 'values' && made.flow.startsWith('padded');

function kindOf(table: TableEvidence, name: string): ColumnType | undefined {
  const column = table.columns.find((each) => each.name === name);
  return column && columnType(column);
}

/** null: chance tells its values apart well enough, or nothing does. */
function apartColumn(
  column: DraftColumn,
  { kind, type, length }: ColumnType,
  { isNumbered, isAlone, hangs, table }: Place,
): DraftColumn | null {
  switch (kind) {
    case 'integer':
      if (isNumbered) return { ...column, made: { by: 'sequence' }, type, comment: '' };
      // Ids begin at a thousand millions.
      if (/^(smallint|int2)$/.test(type)) {
        if (!hangs && isAlone) return { ...column, made: { by: 'sequence' }, type, comment: '' };
        return { ...column, made: { by: 'id', style: 'serial' }, type: 'integer', comment: type };
      }
      return { ...column, made: { by: 'id', style: idStyle(table, column) }, type, comment: '' };
    case 'number':
      return {
        ...column,
        made: { by: 'id', style: 'serial' },
        type: numericOfIds(type),
        comment: '',
      };
    case 'uuid':
      return { ...column, made: { by: 'id', style: 'uuid4' } };
    case 'text': {
      const width = widthIn(column);
      // Of texts that long no two are alike.
      if (!isAlone && width >= 12 && column.made.by === 'values') {
        return { ...column, made: { by: 'values', flow: `text: ${width}` } };
      }
      const digits = Math.max(width, 8);
      const fits = length === null || digits <= length;
      return {
        ...column,
        made: { by: 'values', flow: `padded: ${Math.min(digits, 60)}` },
        type: fits ? type : 'text',
      };
    }
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'json':
    case 'literal':
      return null;
  }
}

/** Ids with a time in their high bits are above any counter. */
const snowflakesFrom = 2 ** 41;

function idStyle({ columns }: TableEvidence, { name }: DraftColumn): string {
  const column = columns.find((each) => each.name === name);
  const largest = Number(column?.stats?.histogram.at(-1) ?? 0);
  return column?.base === 'bigint' && largest >= snowflakesFrom ? 'snowflake' : 'serial';
}

const numericOfIds = (type: string): string => (type.includes('(') ? 'numeric' : type);

/** Of `text: 20`, or of words. */
function widthIn({ made }: DraftColumn): number {
  const flow = made.by === 'values' ? made.flow : '';
  return Number(/^text: (\d+)/.exec(flow)?.[1] ?? 12);
}
