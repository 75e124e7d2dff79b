import type { Table, TableColumn } from '../../scenario/table-types.ts';
import { hasNoRows } from '../../scenario/tables/row-bounds.ts';
import { isSurelyUnique } from '../../scenario/tables/surely-unique.ts';
import type { TableTree } from '../../scenario/tables/table-tree.ts';
import { familyOfType } from '../../sql/families.ts';
import type { OperationDraws } from './operation-draws.ts';

/** Rows that operations insert: their keys are new ones, and what they point to is there. */
export class FreshRows {
  readonly #tree: TableTree;

  constructor(tree: TableTree) {
    this.#tree = tree;
  }

  /** SQL of a column of a new row. */
  valueOf(table: Table, column: TableColumn, draws: OperationDraws): string {
    const pointed = this.#pointed(table, column);
    if (pointed !== undefined) return `:${pointed}`;
    const yaml = this.#drawnKeys(table).get(column.name);
    if (yaml !== undefined) return `:${draws.value(`new_${column.name}`, yaml)}`;
    return draws.fresh(table, column);
  }

  /** Whether some of its unique columns may have values that are there already. */
  mayCollide(table: Table): boolean {
    const drawn = this.#drawnKeys(table);
    return uniqueSets(table).some(
      (columns) => !this.#isNew(table, columns) || columns.some((each) => drawn.has(each)),
    );
  }

  /** A column of another table that it points to, where its own generator knows nothing of it. */
  #pointed(table: Table, { name, generator }: TableColumn): string | undefined {
    if (generator === null || ['parent', 'pick', 'tenant'].includes(generator.kind)) {
      return undefined;
    }
    for (const key of table.foreign) {
      const at = key.columns.indexOf(name);
      const own = this.#tree.table(key.table);
      const column = own?.columns.find((each) => each.name === key.references[at]);
      const isThere = own !== undefined && !hasNoRows(own.name, this.#tree);
      if (at !== -1 && isThere && own.name !== table.name && isFilled(column)) {
        return `${own.name}.${column.name}`;
      }
    }
    return undefined;
  }

  /** Columns that are drawn at random, so that unique ones are new, each with its draw. */
  #drawnKeys(table: Table): ReadonlyMap<string, string> {
    const foreign = new Set(table.foreign.flatMap(({ columns }) => columns));
    return new Map(
      uniqueSets(table).flatMap((columns) => {
        if (this.#isNew(table, columns)) return [];
        const own = table.columns.filter(
          ({ name }) => columns.includes(name) && !foreign.has(name),
        );
        const found = own.flatMap((column) => {
          const yaml = randomKey(column);
          return yaml === undefined ? [] : [[column.name, yaml] as const];
        });
        return found.slice(-1);
      }),
    );
  }

  /** Whether each new row has values of its own in these columns. */
  #isNew(table: Table, columns: readonly string[]): boolean {
    const own = table.columns.filter(({ name }) => columns.includes(name));
    const isOwn = own.some(({ generator }) => {
      if (generator?.kind === 'text') return generator.bytes >= 8;
      return generator !== null && ['id', 'padded', 'timestamp'].includes(generator.kind);
    });
    if (isOwn) return true;
    const counted = own.some(
      (column) =>
        column.generator?.kind === 'sequence' && this.#pointed(table, column) === undefined,
    );
    return counted && isSurelyUnique(table, columns, { tree: this.#tree, tenants: 1000 });
  }
}

const isFilled = (column: TableColumn | undefined): column is TableColumn =>
  column !== undefined && column.generator !== null;

const uniqueSets = ({ primary, unique }: Table): (readonly string[])[] =>
  [primary, ...unique].filter((columns) => columns.length > 0);

/** Far from what was loaded, and so many that two of them are hardly ever the same. */
function randomKey({ type }: TableColumn): string | undefined {
  const bare = type.toLowerCase().replace(/\s+/g, ' ');
  if (['int8', 'bigint'].includes(bare)) {
    return '{ number: { min: 100000000000, max: 1000000000000, decimals: 0 } }';
  }
  if (['int4', 'int', 'integer'].includes(bare)) {
    return '{ number: { min: 1000000000, max: 2000000000, decimals: 0 } }';
  }
  if (familyOfType(type) !== 'text') return undefined;
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? 16);
  return length < 8 ? undefined : `{ text: ${Math.min(16, length)} }`;
}
