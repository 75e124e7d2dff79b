import { present } from '../../base/assert.ts';
import type { PointingColumns, Table } from '../table-types.ts';
import type { TableTree } from './table-tree.ts';

/** A row whose column gets another value. */
export interface RekeyedRow {
  /** As parameters name it. */
  readonly draw: string;
  readonly table: Table;
  readonly column: string;
  /** Parameter of the new value. */
  readonly to: string;
}

/** The column, or its copies, in a table that hangs on the row. */
export interface TableOfRow {
  readonly table: Table;
  readonly copies: readonly string[];
}

/** Which rows hang on a row, and what in them is copied from it. */
export class RekeyedRows {
  readonly row: RekeyedRow;
  /** Parents first; tables without a copy stay as they are. */
  readonly tables: readonly TableOfRow[];
  /** The row's table and all below it. */
  private readonly below: readonly Table[];
  private readonly tree: TableTree;

  constructor(row: RekeyedRow, tree: TableTree) {
    this.row = row;
    this.tree = tree;
    const { name } = row.table;
    this.below = tree.tables.filter((each) => each.name === name || tree.isAbove(name, each.name));
    this.tables = this.below
      .map((table) => ({ table, copies: this.copiesIn(table) }))
      .filter(({ copies }) => copies.length > 0);
  }

  /**
   * Conditions that hold for the rows of a table that hang on the row: which ones these are, and
   * what else they have from it, for that may be another shard key.
   *
   * @param withKey whether the value to be changed is among them, as it must be for one shard alone
   *   to be asked
   * @returns undefined where no column says which rows they are
   */
  conditions(table: Table, withKey: boolean): readonly string[] | undefined {
    const identity = this.identity(table, withKey);
    if (identity === undefined) return undefined;
    const copies = this.copiesIn(table);
    const known = table.columns.flatMap(({ name }) => {
      if (copies.includes(name)) return withKey ? [this.equal(name, this.row.column)] : [];
      const own = this.ownColumn(table, name);
      return own === undefined ? [] : [this.equal(name, own)];
    });
    return [...new Set([...known, ...identity])];
  }

  /** The row's column with the same value as a column of a table below it, where there is one. */
  ownColumn(table: Table, column: string): string | undefined {
    const { table: top } = this.row;
    const origin = this.origin(table, column);
    const stays = ({ name, generator }: Table['columns'][number]): boolean =>
      top.primary.includes(name) || generator?.kind === 'parent' || generator?.kind === 'tenant';
    return top.columns.find((each) => stays(each) && this.origin(top, each.name) === origin)?.name;
  }

  /** Whether a foreign key among these tables would break between two updates. */
  get isReferenced(): boolean {
    return this.below.some((table) =>
      table.foreign.some(({ columns, table: other, references }) => {
        const to = this.below.find(({ name }) => name === other);
        if (to === undefined) return false;
        const [here, there] = [this.copiesIn(table), this.copiesIn(to)];
        return (
          columns.some((each) => here.includes(each)) ||
          references.some((each) => there.includes(each))
        );
      }),
    );
  }

  /** Tables that point to one whose rows go, and cannot go along. */
  get leftBehind(): readonly Table[] {
    const gone = new Set(this.tables.map(({ table }) => table.name));
    return this.below.filter(
      ({ name, foreign }) => !gone.has(name) && foreign.some(({ table }) => gone.has(table)),
    );
  }

  /** Foreign keys whose rows hang on those that they point to, and go with them. */
  pointingTo(to: Table): readonly PointingColumns[] {
    return this.tables.flatMap(({ table }) =>
      table.foreign.flatMap(({ columns, table: other, references }) => {
        const hangs =
          other === to.name &&
          table !== to &&
          columns.every(
            (each, i) => this.origin(table, each) === this.origin(to, references[i] ?? ''),
          );
        return hangs ? [{ table: table.name, columns }] : [];
      }),
    );
  }

  private identity(table: Table, withKey: boolean): readonly string[] | undefined {
    const { table: top } = this.row;
    const direct = this.columnsOf(table, top);
    if (direct !== undefined) {
      return direct.map((own, i) => this.equal(own, present(top.primary[i], 'column')));
    }
    const parent = table.per?.kind === 'table' ? this.tree.table(table.per.table) : undefined;
    if (parent === undefined || table === top || parent.primary.length === 0) return undefined;
    const columns = this.columnsOf(table, parent);
    const above = this.conditions(parent, withKey);
    if (columns === undefined || above === undefined) return undefined;
    return [
      `(${columns.map(quoted).join(', ')}) in (select ${parent.primary.map(quoted).join(', ')} ` +
        `from ${quoted(parent.name)} where ${above.join(' and ')})`,
    ];
  }

  /** Columns of a table with the values of another one's primary key. */
  private columnsOf(table: Table, upper: Table): readonly string[] | undefined {
    if (table === upper) return upper.primary;
    const found = upper.primary.map((column) => {
      const origin = this.origin(upper, column);
      return table.columns.find(({ name }) => this.origin(table, name) === origin)?.name;
    });
    return found.every((each) => each !== undefined) ? found : undefined;
  }

  private copiesIn(table: Table): readonly string[] {
    const { table: top, column } = this.row;
    if (table === top) return [column];
    const origin = this.origin(top, column);
    return table.columns
      .filter(({ name }) => this.origin(table, name) === origin)
      .map(({ name }) => name);
  }

  /** Columns of one line of ancestors with the same origin have the same value. */
  private origin(table: Table, column: string): string {
    const generator = table.columns.find(({ name }) => name === column)?.generator;
    if (generator?.kind === 'tenant') return 'tenant';
    const above = generator?.kind === 'parent' ? this.tree.table(generator.table) : undefined;
    if (generator?.kind !== 'parent' || above === undefined) return `${table.name}.${column}`;
    return this.origin(above, generator.column);
  }

  private equal(column: string, ofRow: string): string {
    return `${quoted(column)} = :${this.row.draw}.${ofRow}`;
  }
}

/** Names of tables and columns are plain words, but may be words of SQL. */
export const quoted = (name: string): string => `"${name}"`;
