import type { TableGenerator } from '../table-types.ts';

/** What is known of a column before its type is: enough to see what it copies. */
export interface SourceColumn {
  readonly name: string;
  readonly generator: TableGenerator | null;
  readonly type?: string | undefined;
}

export type ColumnsOf = (table: string) => readonly SourceColumn[] | undefined;

/**
 * A column and all columns that its values are copied from, by `parent` and `pick`, in that order;
 * undefined where one of them is not there or copies itself.
 */
export function copiedFrom(
  table: string,
  column: string,
  columnsOf: ColumnsOf,
): readonly SourceColumn[] | undefined {
  const chain: SourceColumn[] = [];
  let at = { table, column };
  for (;;) {
    const found = columnsOf(at.table)?.find(({ name }) => name === at.column);
    if (found === undefined || chain.includes(found)) return undefined;
    chain.push(found);
    const { generator } = found;
    if (generator?.kind !== 'parent' && generator?.kind !== 'pick') return chain;
    at = { table: generator.table, column: generator.column };
  }
}
