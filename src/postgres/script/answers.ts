import type { ScriptParameter } from '../../scenario/table-types.ts';

type Row = ReadonlyMap<string, string | null>;

/** A statement asks for a column that the answer before it does not have. */
export class UnknownColumn {
  /** undefined_column. */
  readonly code = '42703';
  readonly message: string;

  constructor(column: string, row: Row) {
    const has = [...row.keys()].join(', ');
    this.message = `a later statement uses column "${column}" of an answer, which has ${has}`;
  }
}

/**
 * The first rows of the statements whose answers later ones use, each of its latest run. Of several
 * shards the first one counts that has a row.
 */
export class Answers {
  private readonly found = new Map<number, { readonly shard: number; readonly row: Row }>();

  /** Before a statement runs again. */
  forget(statement: number): void {
    this.found.delete(statement);
  }

  /** `row` is null where the shard answered none. */
  keep(statement: number, shard: number, row: Row | null): void {
    const before = this.found.get(statement);
    if (row !== null && (before === undefined || shard < before.shard)) {
      this.found.set(statement, { shard, row });
    }
  }

  /** NULL where there was no row. */
  value({
    statement,
    column,
  }: Extract<ScriptParameter, { kind: 'answer' }>): string | null | UnknownColumn {
    const row = this.found.get(statement)?.row;
    if (row === undefined) return null;
    return row.get(column) ?? (row.has(column) ? null : new UnknownColumn(column, row));
  }
}
