import { scenarioNoteCodes as codes } from '../../result/scenario-note-codes.ts';
import type { Path } from '../../scenario/problem.ts';
import type { DraftColumn, DraftTable } from './draft.ts';
import { literalOf } from './literal-default.ts';

export interface MendedTable {
  readonly table: DraftTable;
  readonly code: string;
  readonly names: Readonly<Record<string, string | readonly string[]>>;
}

/** A table without what the path below it says is wrong, of the table as it was then. */
export function mendedTable(
  table: DraftTable,
  [part, at]: Path,
  before: DraftTable = table,
): MendedTable {
  switch (part) {
    case 'columns':
      return withPlainColumn(table, String(at));
    case 'primary':
      return {
        table: { ...table, primary: [], indexes: [table.primary, ...table.indexes] },
        code: codes.primaryLeftOut,
        names: { columns: before.primary },
      };
    case 'unique': {
      const gone = before.unique[Number(at)] ?? [];
      const unique = table.unique.filter((each) => each !== gone);
      return {
        table: { ...table, unique, indexes: [...table.indexes, gone] },
        code: codes.uniqueLeftOut,
        names: { columns: gone },
      };
    }
    case 'foreign': {
      const gone = before.foreign[Number(at)];
      return {
        table: { ...table, foreign: table.foreign.filter((each) => each !== gone) },
        code: codes.foreignNotHeld,
        names: { columns: gone?.columns ?? [], references: gone?.table ?? '' },
      };
    }
    case 'indexes': {
      const gone = before.indexes[Number(at)] ?? [];
      return {
        table: { ...table, indexes: table.indexes.filter((each) => each !== gone) },
        code: codes.indexLeftOut,
        names: { columns: gone },
      };
    }
    case undefined:
    default:
      return { table, code: '', names: {} };
  }
}

/** A column whose values cannot be made: its default holds, and no key has it. */
function withPlainColumn(table: DraftTable, name: string): MendedTable {
  const isIn = (columns: readonly string[]): boolean => columns.includes(name);
  const plain = (column: DraftColumn): DraftColumn => {
    const type = column.type ?? 'text';
    return {
      ...column,
      made: { by: 'nothing' },
      type,
      default: literalOf(type, 8),
      nulls: 0,
      comment: '',
    };
  };
  return {
    table: {
      ...table,
      columns: table.columns.map((column) => (column.name === name ? plain(column) : column)),
      primary: isIn(table.primary) ? [] : table.primary,
      unique: table.unique.filter((columns) => !isIn(columns)),
      foreign: table.foreign.filter(({ columns }) => !isIn(columns)),
    },
    code: codes.columnPlain,
    names: { columns: [name] },
  };
}
