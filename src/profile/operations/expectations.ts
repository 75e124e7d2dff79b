import type { Table } from '../../scenario/table-types.ts';
import type { CountedTables } from '../../scenario/tables/distinct-values.ts';
import { isSurelyUnique } from '../../scenario/tables/surely-unique.ts';
import type { WriteBlock } from '../../sql/blocks.ts';
import { writesOf } from '../keys/analysed-templates.ts';
import { alwaysAnswers, surelyFindsRows } from './certain-rows.ts';
import type { DraftedOperation } from './drafted-operation.ts';
import type { WritingTables } from './written-statement.ts';

const noRow = 'empty';
const notUnique = '23505';
const noParent = '23503';

/** What may go wrong in an operation that is right, because of what runs beside it. */
export class Expectations {
  readonly #tables: WritingTables;
  readonly #counted: CountedTables;
  /** Tables of which operations delete rows, or change what others point to. */
  readonly #deleted: ReadonlySet<string>;

  constructor(operations: readonly DraftedOperation[], tables: WritingTables) {
    this.#tables = tables;
    this.#counted = { tree: tables.tree, tenants: 1000 };
    const deleted = operations.flatMap((each) =>
      this.#writes(each).flatMap(({ deletes, table }) => (deletes ? (table ?? []) : [])),
    );
    this.#deleted = this.#withCascades(deleted);
  }

  /** In the order in which they are written. */
  of(operation: DraftedOperation): readonly string[] {
    const errors = this.#writes(operation).flatMap((write) => this.#errorsOf(write));
    const isEmpty = !this.#findsRows(operation);
    return [...(isEmpty ? [noRow] : []), ...[...new Set(errors)].toSorted()];
  }

  #writes({ statements }: DraftedOperation): WriteBlock[] {
    return statements.flatMap(({ work }) => writesOf(this.#tables.analyst.of(work.sql).analysis));
  }

  #withCascades(tables: readonly string[]): Set<string> {
    const found = new Set(tables);
    for (const name of found) {
      for (const table of this.#tables.set.tables) {
        const below = table.foreign.some((key) => key.table === name && key.onDelete === 'cascade');
        if (below) found.add(table.name);
      }
    }
    return found;
  }

  /** One of its statements is sure to find rows, or to make them. */
  #findsRows({ statements }: DraftedOperation): boolean {
    return statements.some(({ sql, work }) => {
      const { instances } = this.#tables.analyst.of(work.sql).analysis;
      const isDeleted = instances.some(({ table }) => this.#deleted.has(table ?? ''));
      const isAnswer = alwaysAnswers(sql, this.#tables) || /^\s*insert\s/i.test(sql);
      return surelyFindsRows(sql, this.#tables) && (isAnswer || !isDeleted);
    });
  }

  #errorsOf({ verb, table, conflict, sets, deletes }: WriteBlock): string[] {
    const known = this.#tables.byName.get(table ?? '');
    if (known === undefined) return [];
    const changed = new Set(sets.map(({ column }) => column));
    const errors: string[] = [];
    if (verb === 'insert' && this.#mayCollide(known, conflict?.columns)) errors.push(notUnique);
    if (verb !== 'insert' && this.#setsUnique(known, changed)) errors.push(notUnique);
    const points = known.foreign.filter(
      ({ columns }) => verb === 'insert' || columns.some((column) => changed.has(column)),
    );
    if (points.some((key) => verb !== 'insert' || this.#deleted.has(key.table))) {
      errors.push(noParent);
    }
    if (deletes && this.#isPointedTo(known.name)) errors.push(noParent);
    return errors;
  }

  /** @param settled columns of ON CONFLICT; null: of any constraint */
  #mayCollide(table: Table, settled: readonly string[] | null | undefined): boolean {
    if (settled === null) return false;
    return [table.primary, ...table.unique].some((columns) => {
      if (columns.length === 0 || sameNames(columns, settled ?? [])) return false;
      return !isSurelyUnique(table, columns, this.#counted) && !this.#isLong(table, columns);
    });
  }

  /** Texts of eight characters and more hardly ever come twice. */
  #isLong(table: Table, columns: readonly string[]): boolean {
    return table.columns.some(
      ({ name, generator }) =>
        columns.includes(name) && generator?.kind === 'text' && generator.bytes >= 8,
    );
  }

  #setsUnique({ primary, unique }: Table, changed: ReadonlySet<string>): boolean {
    return [primary, ...unique].some((columns) => columns.some((column) => changed.has(column)));
  }

  #isPointedTo(name: string): boolean {
    return this.#tables.set.tables.some((table) =>
      table.foreign.some((key) => key.table === name && key.onDelete === 'no action'),
    );
  }
}

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));
