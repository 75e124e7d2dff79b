import { columnType } from '../scenario/column-types.ts';
import type { ColumnEvidence, SchemaEvidence, TableEvidence, ViewEvidence } from '../evidence.ts';

/** A table or a view by its name in the database. */
export type StoredRelation =
  | {
      readonly kind: 'table';
      readonly table: TableEvidence;
      /** Names of the scenario by those of the database. */
      readonly columns: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'view'; readonly view: ViewEvidence };

/** Finds by the database's names what the scenario calls otherwise. */
export class StoredNames {
  readonly #relations = new Map<string, StoredRelation[]>();
  readonly #types = new Map<string, string>();
  /** null: tables disagree. */
  readonly #columns = new Map<string, string | null>();

  constructor({ tables, views }: SchemaEvidence) {
    for (const table of tables) {
      const columns = new Map(table.columns.map(({ name, stored }) => [stored, name]));
      this.#add(table.stored.name, { kind: 'table', table, columns });
      for (const column of table.columns) this.#addColumn(column);
    }
    for (const view of views) this.#add(view.stored.name, { kind: 'view', view });
  }

  /** Without a schema that of the search path, which is not known: public before others. */
  relation(schema: string | undefined, name: string): StoredRelation | undefined {
    const all = this.#relations.get(name) ?? [];
    if (schema !== undefined) return all.find((each) => schemaOf(each) === schema);
    return all.find((each) => schemaOf(each) === 'public') ?? all[0];
  }

  /** What a column is called wherever it occurs; undefined: there is none, or tables disagree. */
  columnAnywhere(stored: string): string | undefined {
    return this.#columns.get(stored) ?? undefined;
  }

  /** The type that a scenario has instead of one that only the database knows. */
  typeInstead(name: string): string | undefined {
    return this.#types.get(name);
  }

  #add(name: string, relation: StoredRelation): void {
    this.#relations.set(name, [...(this.#relations.get(name) ?? []), relation]);
  }

  #addColumn({ name, stored, ...rest }: ColumnEvidence): void {
    const known = this.#columns.get(stored);
    this.#columns.set(stored, known === undefined || known === name ? name : null);
    const own = ownType(rest);
    if (own !== undefined) this.#types.set(own.name, own.instead);
  }
}

const schemaOf = (relation: StoredRelation): string =>
  relation.kind === 'table' ? relation.table.stored.schema : relation.view.stored.schema;

/** Types of the user's own and of extensions, and what the scenario's column has instead. */
function ownType(
  column: Pick<ColumnEvidence, 'type' | 'typeKind' | 'base' | 'enumLabels'>,
): { readonly name: string; readonly instead: string } | undefined {
  const { type: instead, mapped } = columnType(column);
  if (!mapped) return undefined;
  const { typeKind, base, type } = column;
  // Of an array the name is that of its elements.
  const name = bareTypeName(typeKind === 'array' ? base : type);
  const isEnum = column.enumLabels.length > 0;
  return { name, instead: isEnum ? 'text' : instead.replace(/(?:\[\])+$/, '') };
}

/** `sales."Order Status"[]` is Order Status: without schema, length and array. */
export function bareTypeName(type: string): string {
  const found = /(?:"((?:[^"]|"")*)"|([^\s".[\]()]+))(?:\([^)]*\))?(?:\[\])*$/.exec(type);
  return found?.[1]?.replaceAll('""', '"') ?? found?.[2] ?? type;
}
