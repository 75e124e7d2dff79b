import type { Table, TableColumn } from '../../scenario/table-types.ts';
import { hasNoRows } from '../../scenario/tables/row-bounds.ts';
import type { TableTree } from '../../scenario/tables/table-tree.ts';
import { sampleValue } from './sample-values.ts';

/** Rows and values that the statements of an operation name, as they are asked for. */
export class OperationDraws {
  readonly #tree: TableTree;
  readonly #around: OperationDraws | null;
  readonly #written = new Map<string, string>();

  /** @param around what the operation itself draws, where these are drawn anew in a repetition */
  constructor(tree: TableTree, around: OperationDraws | null = null) {
    this.#tree = tree;
    this.#around = around;
  }

  /** Entries of `draw`, in YAML's flow style; a table's own name needs none. */
  get entries(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#written);
  }

  /** A further row of a table. @param isOther of another tenant */
  second(table: Table, number: number, isOther: boolean): string {
    const remote = isOther && this.#tree.hasTenants(table.name) ? ', remote: 1' : '';
    return this.#add(`${table.name}_${number}`, `{ table: ${table.name}${remote} }`);
  }

  /** Several rows of a table, for a list or a range. */
  several(table: Table, rows: number): string {
    return this.#add(`some_${table.name}`, `{ table: ${table.name}, rows: ${rows} }`);
  }

  /** A value that is no row's; equal ones of one name are one draw. */
  value(name: string, yaml: string): string {
    return this.#add(name, yaml);
  }

  /** A column of a row, or a constant where no row has a value of it. */
  column(draw: string, table: Table, column: TableColumn): string {
    if (column.generator === null || hasNoRows(table.name, this.#tree)) {
      return sampleValue(column.type);
    }
    return `:${draw}.${column.name}`;
  }

  /** A column of a new row; one without a generator has its default there. */
  fresh(table: Table, column: TableColumn): string {
    if (column.generator !== null) return `:new.${table.name}.${column.name}`;
    return sampleValue(column.type);
  }

  #add(name: string, yaml: string): string {
    for (let number = 1; ; number += 1) {
      const tried = number === 1 ? name : `${name}_${number}`;
      const isTaken = this.#tree.table(tried) !== undefined || tried === 'new';
      const above = this.#around === null ? undefined : this.#around.#written.get(tried);
      if (above === yaml) return tried;
      const known = above ?? this.#written.get(tried);
      if (isTaken || (known !== undefined && known !== yaml)) continue;
      this.#written.set(tried, yaml);
      return tried;
    }
  }
}
