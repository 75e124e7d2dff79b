import type { Node, RangeVar } from 'libpg-query';
import type { Table, TableColumn } from '../../scenario/table-types.ts';
import { nodeOf, textsOf } from '../../sql/tree.ts';

export interface KnownColumn {
  readonly table: Table;
  readonly column: TableColumn;
}

/**
 * Which column a name in a statement is, by the aliases of all its parts together: good enough for
 * types and values; who needs to know which use of a table it is asks the analysis.
 */
export class StatementColumns {
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #aliases = new Map<string, Table>();
  readonly #relations = new Set<string>();

  constructor(statement: unknown, tables: ReadonlyMap<string, Table>) {
    this.#tables = tables;
    const queries = new Set<string>();
    const relations: RangeVar[] = [];
    gather(statement, queries, relations);
    for (const { relname = '', schemaname, alias } of relations) {
      const table = tables.get(relname);
      const isQuery = schemaname === undefined && queries.has(relname);
      if (!isQuery) this.#relations.add(relname);
      if (table !== undefined && !isQuery) this.#aliases.set(alias?.aliasname ?? relname, table);
    }
  }

  /** Tables that the statement uses, in the order in which they stand there. */
  tables(): readonly Table[] {
    return [...new Set(this.#aliases.values())];
  }

  /** Names of these, and of views. */
  relations(): readonly string[] {
    return [...this.#relations];
  }

  of(node: Node | undefined): KnownColumn | undefined {
    const fields = nodeOf(node, 'ColumnRef')?.fields ?? [];
    const names = textsOf(fields);
    const name = names.at(-1);
    if (name === undefined || names.length < fields.length) return undefined;
    const alias = names.at(-2);
    if (alias !== undefined) {
      const table = this.#aliases.get(alias);
      return table === undefined ? undefined : columnOf(table, name);
    }
    for (const table of this.#aliases.values()) {
      const found = columnOf(table, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  named(table: string, column: string): KnownColumn | undefined {
    const found = this.#tables.get(table);
    return found === undefined ? undefined : columnOf(found, column);
  }
}

function columnOf(table: Table, name: string): KnownColumn | undefined {
  const column = table.columns.find((each) => each.name === name);
  return column === undefined ? undefined : { table, column };
}

function gather(value: unknown, queries: Set<string>, relations: RangeVar[]): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  const name = nodeOf(node, 'CommonTableExpr')?.ctename;
  if (name !== undefined) queries.add(name);
  const relation = nodeOf(node, 'RangeVar');
  if (relation !== undefined) relations.push(relation);
  for (const [key, below] of Object.entries(value)) {
    // Of INSERT, UPDATE and DELETE it has no node around it.
    if (key === 'relation' && typeof below === 'object' && below !== null && 'relname' in below) {
      relations.push(below as RangeVar);
    }
    // FOR UPDATE OF speaks of aliases.
    if (key !== 'lockedRels') gather(below, queries, relations);
  }
}
