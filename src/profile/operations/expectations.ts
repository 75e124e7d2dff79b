import type { Table } from '../../scenario/table-types.ts';
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
  /** Tables of which operations delete rows, or change what others point to. */
  readonly #deleted: ReadonlySet<string>;

  constructor(operations: readonly DraftedOperation[], tables: WritingTables) {
    this.#tables = tables;
    const deleted = operations.flatMap((each) =>
      this.#writes(each).flatMap(({ deletes, table }) => (deletes ? (table ?? []) : [])),
    );
    this.#deleted = this.#withCascades(deleted);
  }

  /** In the order in which they are written. */
  of(operation: DraftedOperation): readonly string[] {
    const errors = this.#writes(operation).flatMap((write) => this.#errorsOf(write));
    const isEmpty = !this.#findsRows(operation);
    const all = new Set(isEmpty ? [noRow, ...errors] : errors);
    // `empty` goes first.
    return [...all].toSorted((one, other) => (one < other ? 1 : -1));
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
    const mayCollide = verb === 'insert' && this.#tables.fresh.mayCollide(known);
    if (mayCollide && conflict === null) errors.push(notUnique);
    if (mayCollide && conflict !== null && sets.length === 0) errors.push(noRow);
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

  #setsUnique({ primary, unique }: Table, changed: ReadonlySet<string>): boolean {
    return [primary, ...unique].some((columns) => columns.some((column) => changed.has(column)));
  }

  /** Also where what it deletes with it is. */
  #isPointedTo(name: string): boolean {
    const gone = this.#withCascades([name]);
    return this.#tables.set.tables.some((table) =>
      table.foreign.some((key) => gone.has(key.table) && key.onDelete === 'no action'),
    );
  }
}
