import type { Draw, Table } from '../scenario/table-types.ts';

/** Names for values that are the same in every arrival, though different draws have them. */
export class RowIdentities {
  readonly #draws: readonly Draw[];
  readonly #tables: ReadonlyMap<string, Table>;

  constructor(draws: readonly Draw[], tables: readonly Table[]) {
    this.#draws = draws;
    this.#tables = new Map(tables.map((table) => [table.name, table]));
  }

  /** A parent's column is followed up to the row that it comes from. */
  of(draw: number, column: string): string {
    const drawn = this.#draws[draw];
    if (drawn === undefined || drawn.rows !== 1) return `row ${draw} ${column}`;
    return this.#from(this.#rowOf(draw, drawn), drawn.table, column, drawn);
  }

  #from(row: string, table: string, column: string, drawn: Draw): string {
    const { per, columns } = this.#tables.get(table) ?? { per: null, columns: [] };
    const { generator, nulls = 0 } = columns.find(({ name }) => name === column) ?? {};
    // It may be NULL where what it copies is not.
    if (nulls > 0) return `${row} ${table}.${column}`;
    if (generator?.kind === 'tenant') return `tenant of ${this.#tenantOf(drawn)}`;
    if (generator?.kind !== 'parent' || per?.kind !== 'table') return `${row} ${table}.${column}`;
    // One step up at a time: the column may be that of a table further above.
    const parent = per.table;
    const above = this.#parentRow(row, parent);
    if (generator.table === parent) return this.#from(above, parent, generator.column, drawn);
    return this.#climb(above, parent, generator.table, generator.column, drawn);
  }

  #climb(row: string, table: string, to: string, column: string, drawn: Draw): string {
    const { per } = this.#tables.get(table) ?? { per: null };
    if (per?.kind !== 'table') return `${row} ${to}.${column}`;
    const above = this.#parentRow(row, per.table);
    return per.table === to
      ? this.#from(above, to, column, drawn)
      : this.#climb(above, per.table, to, column, drawn);
  }

  /** The row above one; a draw's own ancestor or parent by the name that it has as a draw. */
  #parentRow(row: string, parent: string): string {
    const index = /^row (\d+)$/.exec(row)?.[1];
    const from = index === undefined ? undefined : this.#draws[Number(index)]?.from;
    if (from?.kind === 'new' && from.parent !== null && this.#isOf(from.parent, parent))
      return this.#rowAt(from.parent);
    const isBelow = from?.kind === 'descendant' || from?.kind === 'eachChild';
    if (isBelow && this.#isOf(from.draw, parent)) return this.#rowAt(from.draw);
    return `${row} up ${parent}`;
  }

  #isOf(draw: number, table: string): boolean {
    return this.#draws[draw]?.table === table;
  }

  #rowAt(draw: number): string {
    const drawn = this.#draws[draw];
    return drawn === undefined ? `row ${draw}` : this.#rowOf(draw, drawn);
  }

  /** An ancestor is the row above another draw's. */
  #rowOf(draw: number, { from, table }: Draw): string {
    if (from.kind !== 'ancestor') return `row ${draw}`;
    let row = this.#rowAt(from.draw);
    let at = this.#draws[from.draw]?.table;
    while (at !== undefined && at !== table) {
      const per = this.#tables.get(at)?.per;
      if (per?.kind !== 'table') return `row ${draw}`;
      row = this.#parentRow(row, per.table);
      at = per.table;
    }
    return row;
  }

  #tenantOf(drawn: Draw): string {
    const { from } = drawn;
    if (from.kind === 'tenant') return 'arrival';
    if (from.kind === 'remote' || from.kind === 'nurand') return `draw ${drawn.name}`;
    const next = from.kind === 'new' ? from.parent : from.draw;
    const other = next === null ? undefined : this.#draws[next];
    return other === undefined ? 'arrival' : this.#tenantOf(other);
  }
}
