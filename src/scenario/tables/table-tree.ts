import type { Table } from '../table-types.ts';

type Hanging = Pick<Table, 'name' | 'per'>;

/** Tables by name, and which of them hang on which. Names that are no table's are above nothing. */
export class TableTree<T extends Hanging = Table> {
  private readonly byName: ReadonlyMap<string, T>;
  readonly tables: readonly T[];

  constructor(tables: readonly T[]) {
    this.tables = tables;
    this.byName = new Map(tables.map((table) => [table.name, table]));
  }

  table(name: string): T | undefined {
    return this.byName.get(name);
  }

  /** The parent, its parent, and so on. */
  above(name: string): readonly string[] {
    const found: string[] = [];
    for (let at = this.parent(name); at !== undefined; at = this.parent(at)) {
      // A circle, which is reported elsewhere.
      if (found.includes(at)) break;
      found.push(at);
    }
    return found;
  }

  isAbove(upper: string, lower: string): boolean {
    return this.above(lower).includes(upper);
  }

  /** Whether each of its rows belongs to a tenant. */
  hasTenants(name: string): boolean {
    return [name, ...this.above(name)].some(
      (each) => this.byName.get(each)?.per?.kind === 'tenant',
    );
  }

  private parent(name: string): string | undefined {
    const per = this.byName.get(name)?.per;
    return per?.kind === 'table' ? per.table : undefined;
  }
}
