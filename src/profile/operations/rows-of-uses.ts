import type { BoundParameter } from './bound-parameters.ts';

/** Of one table; what compares more values one by one has the last of them again and again. */
const rowsMost = 20;

interface Row {
  readonly draw: string;
  readonly table: string;
  /** By column, the parameter that it is compared with. */
  readonly columns: Map<string, number>;
}

/**
 * Which row of a table each parameter is of. One name is one row: parameters of one use of a table
 * go together, and so do those of its other uses, until two of them are values of one column.
 */
export class RowsOfUses {
  readonly #rows: Row[] = [];
  readonly #draws = new Map<number, string>();
  readonly #second: (table: string, number: number) => string;

  /** @param second the name of a further row of a table, by its number from 2 */
  constructor(
    bound: ReadonlyMap<number, readonly BoundParameter[]>,
    second: (table: string, number: number) => string,
  ) {
    this.#second = second;
    const byNumber = [...bound].toSorted(([one], [other]) => one - other);
    for (const [number, all] of byNumber) {
      const first = all.find(({ by }) => by === 'equal');
      if (first !== undefined) this.#place(number, first);
    }
  }

  /** undefined: it is of no row by equality. */
  drawOf(number: number): string | undefined {
    return this.#draws.get(number);
  }

  /** Whether rows are asked for by another parameter of this column. */
  isBound(table: string, column: string, number: number): boolean {
    return this.#rows.some(
      (row) => row.table === table && (row.columns.get(column) ?? number) !== number,
    );
  }

  #place(number: number, { table, column }: BoundParameter): void {
    const own = this.#rows.filter((row) => row.table === table);
    const fitting = own.find((row) => (row.columns.get(column) ?? number) === number);
    const last = own.length < rowsMost ? undefined : own.at(-1);
    const row = fitting ?? last ?? this.#added(table, own.length + 1);
    row.columns.set(column, number);
    this.#draws.set(number, row.draw);
  }

  #added(table: string, number: number): Row {
    const draw = number === 1 ? table : this.#second(table, number);
    const row = { draw, table, columns: new Map<string, number>() };
    this.#rows.push(row);
    return row;
  }
}
