import { present } from '../../base/assert.ts';
import type { SchemaEvidence, TableEvidence } from '../evidence.ts';
import type { ColumnClasses } from './column-classes.ts';
import type { ColumnUses } from './column-uses.ts';
import { byChoice, type FoundKey, type KeyChoice, shareFixing } from './found-key.ts';
import { byText, columnId, type KeyColumn } from './key-columns.ts';
import type { Reference } from './references.ts';

interface Tuple {
  readonly table: string;
  readonly columns: readonly string[];
}

const textOf = ({ table, columns }: Tuple): string => `${table}(${columns.join()})`;

/** Keys of several columns: what foreign keys of several columns carry from table to table. */
export class CompositeKeys {
  readonly #tables: ReadonlyMap<string, TableEvidence>;
  readonly #columns: ReadonlyMap<string, KeyColumn>;
  readonly #classes: ColumnClasses;
  readonly #uses: ColumnUses;
  readonly #references: readonly Reference[];
  readonly #byChild: ReadonlyMap<string, readonly Reference[]>;
  readonly #byParent: ReadonlyMap<string, readonly Reference[]>;
  /** Columns by their class and name. */
  readonly #alikeColumns: ReadonlyMap<string, readonly KeyColumn[]>;

  constructor(
    schema: SchemaEvidence,
    columns: ReadonlyMap<string, KeyColumn>,
    classes: ColumnClasses,
    references: readonly Reference[],
    uses: ColumnUses,
  ) {
    this.#tables = new Map(schema.tables.map((table) => [table.name, table]));
    this.#columns = columns;
    this.#classes = classes;
    this.#uses = uses;
    this.#references = references.filter((each) => each.columns.length > 1);
    this.#byChild = Map.groupBy(this.#references, ({ child }) => child);
    this.#byParent = Map.groupBy(this.#references, ({ parent }) => parent);
    this.#alikeColumns = Map.groupBy(columns.values(), ({ table, column }) =>
      this.#meaning(table.name, column.name),
    );
  }

  all(): FoundKey[] {
    const tops = new Map<string, { tuple: Tuple; isDeclared: boolean }>();
    for (const { parent, references, by } of this.#references) {
      const tuple = this.#ordered(this.#climb({ table: parent, columns: references }));
      const before = tops.get(textOf(tuple))?.isDeclared ?? false;
      tops.set(textOf(tuple), { tuple, isDeclared: before || by === 'declared' });
    }
    const sorted = [...tops.keys()].toSorted(byText).flatMap((key) => tops.get(key) ?? []);
    return sorted.map(({ tuple, isDeclared }) => this.#keyFrom(tuple, isDeclared));
  }

  /** Up to the table from which all of its columns come together. */
  #climb(from: Tuple): Tuple {
    const seen = new Set<string>();
    let at = from;
    while (!seen.has(at.table)) {
      seen.add(at.table);
      const { columns } = at;
      const up = (this.#byChild.get(at.table) ?? []).find(
        (each) => each.parent !== each.child && columns.every((one) => each.columns.includes(one)),
      );
      if (up === undefined || seen.has(up.parent)) break;
      at = { table: up.parent, columns: mapped(columns, up.columns, up.references) };
    }
    return at;
  }

  /** In the order of the primary key or unique constraint that they are (a part of). */
  #ordered({ table, columns }: Tuple): Tuple {
    const { primary = [], unique = [] } = this.#tables.get(table) ?? {};
    const key = [
      primary,
      ...unique.toSorted((one, other) => byText(one.join(), other.join())),
    ].find((each) => columns.every((column) => each.includes(column)));
    const order = key?.filter((column) => columns.includes(column)) ?? columns.toSorted(byText);
    return { table, columns: order };
  }

  #keyFrom(top: Tuple, isDeclared: boolean): FoundKey {
    const choices = this.#below(top);
    const chosen = new Map(
      [...Map.groupBy(choices, ({ table }) => table)].flatMap(([table, list]) => {
        const [first] = list.toSorted(byChoice);
        return first === undefined ? [] : [[table, first]];
      }),
    );
    for (const each of this.#alike([...chosen.values()])) {
      if (!chosen.has(each.table)) chosen.set(each.table, each);
    }
    return this.#found([...chosen.values()], top.table, isDeclared);
  }

  #found(choices: readonly KeyChoice[], root: string | null, isDeclared: boolean): FoundKey {
    const sorted = choices.toSorted((one, other) => byText(one.table, other.table));
    return {
      columns: sorted.map(({ table, columns }) => ({ table, columns })),
      root,
      top: root ?? present(sorted[0], 'a table with the key').table,
      because: [isDeclared ? 'foreign key' : 'several tables'],
      weight: Math.min(
        1,
        choices.reduce((sum, { weight }) => sum + weight, 0),
      ),
      rows: choices.reduce((sum, each) => sum + (this.#tables.get(each.table)?.rows.count ?? 0), 0),
    };
  }

  /** The tuple itself, and every one that points to it, directly or on the way. */
  #below(top: Tuple): KeyChoice[] {
    const found = new Map([[textOf(top), this.#choice(top, 0, true)]]);
    const waiting = [{ tuple: top, steps: 0 }];
    for (const { tuple, steps } of waiting) {
      for (const { child, columns, references } of this.#byParent.get(tuple.table) ?? []) {
        if (!tuple.columns.every((column) => references.includes(column))) continue;
        const next = { table: child, columns: mapped(tuple.columns, references, columns) };
        if (found.has(textOf(next))) continue;
        found.set(textOf(next), this.#choice(next, steps + 1, false));
        waiting.push({ tuple: next, steps: steps + 1 });
      }
    }
    return [...found.values()];
  }

  #choice({ table, columns }: Tuple, steps: number, isTop: boolean): KeyChoice {
    const known = columns.flatMap((column) => this.#columns.get(columnId(table, column)) ?? []);
    const { primary = [] } = this.#tables.get(table) ?? {};
    const shares = columns.map((column) => shareFixing(this.#uses, columnId(table, column)));
    return {
      table,
      columns,
      places: isTop ? [-1] : known.map(({ place }) => place),
      steps,
      notNull: known.every(({ column }) => column.notNull || primary.includes(column.name)),
      weight: Math.min(...shares),
    };
  }

  /** Tables with columns of the same names and meaning, which no foreign key carries there. */
  #alike(choices: readonly KeyChoice[]): KeyChoice[] {
    const children = choices.filter(({ steps }) => steps > 0);
    const distinct = new Map(children.map((each) => [each.columns.join(), each]));
    return [...distinct.values()].flatMap(({ table, columns }) => {
      const [first = ''] = columns;
      const others = this.#alikeColumns.get(this.#meaning(table, first)) ?? [];
      return others.flatMap((other): KeyChoice[] => {
        const { name } = other.table;
        const isAlike = columns.every(
          (column) =>
            this.#columns.has(columnId(name, column)) &&
            this.#meaning(name, column) === this.#meaning(table, column),
        );
        return isAlike
          ? [this.#choice({ table: name, columns }, Number.POSITIVE_INFINITY, false)]
          : [];
      });
    });
  }

  #meaning(table: string, column: string): string {
    return `${this.#classes.of(columnId(table, column))} ${column}`;
  }

  /** Columns with which the primary keys of several tables begin, that are no key found before. */
  prefixes(found: readonly FoundKey[]): FoundKey[] {
    const known = new Set(found.flatMap(({ columns }) => columns.map(textOf)));
    const tuples = [...this.#tables.values()].flatMap(({ name, primary }) =>
      Array.from({ length: Math.max(0, primary.length - 1) }, (_, at): Tuple => {
        return { table: name, columns: primary.slice(0, at + 2) };
      }),
    );
    const sound = tuples.filter(({ table, columns }) =>
      columns.every((column) => this.#columns.has(columnId(table, column))),
    );
    const groups = Map.groupBy(sound, ({ table, columns }) =>
      columns.map((column) => this.#classes.of(columnId(table, column))).join(),
    );
    return [...groups.keys()].toSorted(byText).flatMap((key) => {
      const group = groups.get(key) ?? [];
      if (group.length < 2 || group.every((tuple) => known.has(textOf(tuple)))) return [];
      const choices = group.map((tuple) => this.#choice(tuple, 0, false));
      const whole = group.filter(
        ({ table, columns }) => this.#tables.get(table)?.primary.length === columns.length,
      );
      const root = whole.length === 1 ? (whole[0]?.table ?? null) : null;
      return [this.#found(choices, root, false)];
    });
  }
}

const mapped = (
  columns: readonly string[],
  from: readonly string[],
  to: readonly string[],
): string[] => columns.map((column) => to[from.indexOf(column)] ?? '');
