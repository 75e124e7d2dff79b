import type { Table, TableSet } from '../../scenario/table-types.ts';
import { risesWithTime } from '../../scenario/tables/rising.ts';
import { TableTree } from '../../scenario/tables/table-tree.ts';
import { familyOfType } from '../../sql/families.ts';
import type { StatementReader } from '../../sql/sql-reader.ts';
import { nodeOf, soleStatement } from '../../sql/tree.ts';
import { TemplateAnalyst } from '../keys/analysed-templates.ts';
import { editedSql, type SqlEdit } from '../sql-edits.ts';
import { isAggregate } from './certain-rows.ts';
import { boundParameters, type BoundParameter } from './bound-parameters.ts';
import { amountDraw, drawnValue } from './drawn-values.ts';
import { FreshRows } from './fresh-rows.ts';
import { insertedRows } from './inserted-rows.ts';
import type { OperationDraws } from './operation-draws.ts';
import type { FoundHints, Hint, ParameterList } from './parameter-hint.ts';
import { parameterHints } from './parameter-hints.ts';
import { parameterPlaces } from './parameter-places.ts';
import { RowsOfUses } from './rows-of-uses.ts';
import { type KnownColumn, StatementColumns } from './statement-columns.ts';

/** What statements are written with. */
export class WritingTables {
  readonly set: TableSet;
  readonly tree: TableTree;
  readonly reader: StatementReader;
  readonly analyst: TemplateAnalyst;
  readonly byName: ReadonlyMap<string, Table>;
  readonly fresh: FreshRows;

  constructor(set: TableSet, reader: StatementReader) {
    this.set = set;
    this.reader = reader;
    this.tree = new TableTree(set.tables);
    this.fresh = new FreshRows(this.tree);
    this.analyst = new TemplateAnalyst(set, reader);
    this.byName = new Map(set.tables.map((table) => [table.name, table]));
  }
}

export interface WrittenSql {
  readonly sql: string;
  /** Rows that an INSERT of several makes: it is to run so often. */
  readonly times: number;
  /** Columns without a value that must have one. */
  readonly missing: readonly string[];
  /** Columns that the template leaves to the database, of a table that has no default for them. */
  readonly filled: readonly string[];
}

export interface StatementWork {
  /** With $1, $2 ... */
  readonly sql: string;
  /** null: not known. */
  readonly rowsPerCall: number | null;
}

/**
 * A template as a statement of a scenario: each parameter becomes a name, or a constant where no
 * name could stand for it.
 *
 * @param isOther whether second rows of a table are of another tenant
 */
export function writtenStatement(
  work: StatementWork,
  tables: WritingTables,
  draws: OperationDraws,
  isOther: boolean,
): WrittenSql {
  const statement = tables.reader.readNumbered(work.sql);
  const node = soleStatement(statement.tree);
  const columns = new StatementColumns(node, tables.byName);
  const found = parameterHints(node, columns);
  const bound = boundParameters(tables.analyst.of(work.sql).analysis);
  const select = nodeOf(node, 'SelectStmt');
  const isGathered =
    select !== undefined && (isAggregate(select) || select.groupClause !== undefined);
  // Rows of which others are made are not those that are answered.
  const asked = isGathered ? { ...work, rowsPerCall: null } : work;
  const writing = new StatementWriting(asked, tables, draws, found, bound, isOther);
  const insert = nodeOf(node, 'InsertStmt');
  const target = tables.byName.get(insert?.relation?.relname ?? '');
  const names = insert?.cols?.flatMap((each) => nodeOf(each, 'ResTarget')?.name ?? []);
  const rows =
    target === undefined
      ? { edits: [], rows: 1, cut: null, missing: [], filled: [] }
      : insertedRows(tables.reader.grammar.tokens(work.sql).tokens, target, names, (column) =>
          column.generator === null && column.default !== null
            ? undefined
            : tables.fresh.valueOf(target, column, draws),
        );
  const lists = writing.listEdits(statement.placeOf);
  const taken = [...rows.edits, ...lists];
  const places = parameterPlaces(statement).filter(
    ({ start, end }) => !taken.some((each) => each.start <= start && end <= each.end),
  );
  const edits = places.map(({ number, start, end }): SqlEdit => {
    return { start, end, text: writing.textOf(number) };
  });
  const sql = editedSql(work.sql, [...taken, ...edits]);
  return { sql, times: rows.rows, missing: rows.missing, filled: rows.filled };
}

class StatementWriting {
  readonly #work: StatementWork;
  readonly #tables: WritingTables;
  readonly #draws: OperationDraws;
  readonly #found: FoundHints;
  readonly #bound: ReadonlyMap<number, readonly BoundParameter[]>;
  readonly #rows: RowsOfUses;
  readonly #texts = new Map<number, string>();

  constructor(
    work: StatementWork,
    tables: WritingTables,
    draws: OperationDraws,
    found: FoundHints,
    bound: ReadonlyMap<number, readonly BoundParameter[]>,
    isOther: boolean,
  ) {
    this.#work = work;
    this.#tables = tables;
    this.#draws = draws;
    this.#found = found;
    this.#bound = bound;
    const lists = new Set(this.#arrays().flatMap(({ numbers }) => numbers));
    const single = [...bound].filter(([number]) => !lists.has(number) && !this.#isMade(number));
    this.#rows = new RowsOfUses(new Map(single), (table, number) => {
      const known = tables.byName.get(table);
      return known === undefined ? table : draws.second(known, number, isOther);
    });
    this.#ranges();
  }

  textOf(number: number): string {
    const known = this.#texts.get(number) ?? this.#text(number);
    this.#texts.set(number, known);
    return known;
  }

  listEdits(placeOf: (bytes: number) => number): SqlEdit[] {
    return this.#arrays().map(({ numbers, start, end, form, column }) => {
      const list = this.#list(column, numbers.length);
      const text = form === 'array' ? list : `${form === 'in' ? '= any' : '<> all'} (${list})`;
      return { start: placeOf(start), end: placeOf(end), text };
    });
  }

  /** Lists of a column of which rows can be drawn. */
  #arrays(): readonly ParameterList[] {
    return this.#found.lists.filter(({ column }) => this.#isDrawn(column));
  }

  #isDrawn({ table, column }: KnownColumn): boolean {
    return this.#draws.column(table.name, table, column).startsWith(':');
  }

  /** Whether it is a value of a new row, rather than one that rows are asked for. */
  #isMade(number: number): boolean {
    return this.#found.hints.get(number)?.kind === 'inserted';
  }

  #text(number: number): string {
    const hint = this.#found.hints.get(number);
    if (hint?.kind === 'inserted') return this.#fresh(hint.column);
    for (const { table, column, by } of this.#bound.get(number) ?? []) {
      const known = this.#column(table, column);
      if (known === undefined) continue;
      if (by === 'list') return this.#list(known, this.#rowsOr(10));
      return this.#ofRow(number, known);
    }
    return hint === undefined ? "'1'" : this.#ofHint(number, hint);
  }

  #ofHint(number: number, hint: Hint): string {
    switch (hint.kind) {
      case 'compared':
        return this.#ofRow(number, hint.column);
      case 'wrapped':
        return `${hint.call}(${this.#ofRow(number, hint.column)})`;
      case 'list':
        return this.#isDrawn(hint.column) ? this.#list(hint.column, this.#rowsOr(10)) : "'{}'";
      case 'inserted':
        return this.#fresh(hint.column);
      case 'set':
        return this.#setTo(number, hint.column);
      case 'amount':
        return `:${this.#draws.value('amount', amountDraw)}`;
      case 'limit':
        return String(this.#rowsOr(20));
      case 'offset':
        return '0';
      case 'constant':
        return hint.sql;
    }
  }

  #fresh({ table, column }: KnownColumn): string {
    return this.#tables.fresh.valueOf(table, column, this.#draws);
  }

  #ofRow(number: number, { table, column }: KnownColumn): string {
    const draw = this.#rows.drawOf(number) ?? table.name;
    // Another table's row where the parameter is compared with columns of both.
    const isOwn = draw === table.name || draw.startsWith(`${table.name}_`);
    return this.#draws.column(isOwn ? draw : table.name, table, column);
  }

  #setTo(number: number, known: KnownColumn): string {
    const { table, column } = known;
    const { generator } = column;
    const yaml = drawnValue(column);
    const isAsked = this.#rows.isBound(table.name, column.name, number);
    if (yaml !== undefined) return `:${this.#draws.value(column.name, yaml)}`;
    const family = familyOfType(column.type);
    if (family === 'timestamp' || family === 'timestamptz') return 'now()';
    if (generator?.kind === 'pick') {
      const picked = this.#column(generator.table, generator.column);
      if (picked !== undefined)
        return this.#draws.column(picked.table.name, picked.table, picked.column);
    }
    // What it is asked for by is not what it is set to.
    const draw = isAsked ? this.#draws.second(table, 2, true) : table.name;
    return this.#draws.column(draw, table, column);
  }

  #list({ table, column }: KnownColumn, rows: number): string {
    const draw = this.#draws.several(table, Math.max(2, Math.min(1000, rows)));
    return `:${draw}.${column.name}_list`;
  }

  #rowsOr(otherwise: number): number {
    const { rowsPerCall } = this.#work;
    return rowsPerCall === null ? otherwise : Math.max(1, Math.round(rowsPerCall));
  }

  #column(table: string, column: string): KnownColumn | undefined {
    const known = this.#tables.byName.get(table);
    const own = known?.columns.find(({ name }) => name === column);
    return known === undefined || own === undefined ? undefined : { table: known, column: own };
  }

  /** Two bounds of one column: of rows that follow one another, or of a tenth of its numbers. */
  #ranges(): void {
    const lows = [...this.#bound].flatMap(([number, all]) => sole(number, all, 'low'));
    const highs = [...this.#bound].flatMap(([number, all]) => sole(number, all, 'high'));
    for (const low of lows) {
      const high = highs.find(
        (each) => each.instance === low.instance && each.column === low.column,
      );
      const known = this.#column(low.table, low.column);
      if (high === undefined || known === undefined) continue;
      this.#range(known, low.number, high.number);
    }
  }

  #range(known: KnownColumn, low: number, high: number): void {
    const { table, column } = known;
    const { generator } = column;
    if (this.#isDrawn(known) && risesWithTime(generator)) {
      const rows = Math.max(2, Math.min(10_000, this.#rowsOr(50)));
      const draw = this.#draws.several(table, rows);
      this.#texts.set(low, `:${draw}.${column.name}_from`);
      this.#texts.set(high, `:${draw}.${column.name}_to`);
      return;
    }
    if (generator?.kind !== 'number') return;
    const { min, max, decimals } = generator;
    const at = (share: number): string => (min + share * (max - min)).toFixed(decimals);
    this.#texts.set(low, at(0.45));
    this.#texts.set(high, at(0.55));
  }
}

function sole(
  number: number,
  all: readonly BoundParameter[],
  by: 'low' | 'high',
): (BoundParameter & { readonly number: number })[] {
  const [first] = all;
  return first === undefined || all.length > 1 || first.by !== by ? [] : [{ ...first, number }];
}
