import { isAlmostUnique } from './class-roots.ts';
import type { ColumnUses } from './column-uses.ts';
import { DisjointSets } from './disjoint-sets.ts';
import { byText, columnId, idOf, type KeyColumn } from './key-columns.ts';
import type { Reference } from './references.ts';

/** Columns that have the same values: ids of one thing, wherever they stand. */
export interface ColumnClass {
  /** In order of their names. */
  readonly members: readonly KeyColumn[];
  readonly because: ReadonlySet<'foreign key' | 'several tables'>;
}

/**
 * Shares columns out to classes. Foreign keys decide first, then joins of templates, then equal
 * names (of one type): a column of a name that belongs to one class with a table of its own goes
 * there, and columns of a name that belongs to none make one of their own. `id` and the like say
 * nothing about what they are ids of.
 */
export class ColumnClasses {
  readonly #sets = new DisjointSets();
  readonly #columns: ReadonlyMap<string, KeyColumn>;
  readonly #because = new Map<string, Set<'foreign key' | 'several tables'>>();
  #anchors = new Set<string>();

  constructor(
    columns: ReadonlyMap<string, KeyColumn>,
    references: readonly Reference[],
    { joins }: ColumnUses,
  ) {
    this.#columns = columns;
    for (const id of columns.keys()) this.#sets.add(id);
    for (const reference of references) this.#refer(reference);
    this.#countAnchors();
    for (const { left, right, pairs } of joins) {
      for (const [one, other] of pairs) this.#link(columnId(left, one), columnId(right, other));
    }
    this.#countAnchors();
    this.#joinNames();
  }

  /** What stands for the class of a column. */
  of(id: string): string {
    return this.#sets.of(id);
  }

  all(): ColumnClass[] {
    const because = new Map<string, Set<'foreign key' | 'several tables'>>();
    for (const [id, reasons] of this.#because) {
      const root = this.#sets.of(id);
      because.set(root, new Set([...(because.get(root) ?? []), ...reasons]));
    }
    return [...this.#sets.all()].map(([root, ids]) => {
      const members = ids.toSorted(byText).flatMap((id) => this.#columns.get(id) ?? []);
      return { members, because: because.get(root) ?? new Set() };
    });
  }

  #join(one: string, other: string, because: 'foreign key' | 'several tables'): void {
    this.#sets.join(one, other);
    this.#because.set(one, (this.#because.get(one) ?? new Set()).add(because));
  }

  #refer({ child, columns, parent, references, by }: Reference): void {
    const because = by === 'declared' ? 'foreign key' : 'several tables';
    for (const [index, column] of columns.entries()) {
      this.#join(columnId(child, column), columnId(parent, references[index] ?? ''), because);
    }
  }

  /**
   * Classes with a table in which each value stands once and that others point to: two of them are
   * two things, whatever their columns are called.
   */
  #countAnchors(): void {
    this.#anchors = new Set();
    for (const [root, ids] of this.#sets.all()) {
      if (ids.length === 1) continue;
      const columns = ids.flatMap((id) => this.#columns.get(id) ?? []);
      const isOfTable = columns.some((each) => each.isUnique || isAlmostUnique(each));
      if (isOfTable) this.#anchors.add(root);
    }
  }

  #isAnchored(id: string): boolean {
    return this.#anchors.has(this.#sets.of(id));
  }

  #link(one: string, other: string): void {
    const [left, right] = [this.#columns.get(one), this.#columns.get(other)];
    if (left === undefined || left.family !== right?.family) return;
    if (this.#sets.of(one) === this.#sets.of(other)) return;
    if (this.#isAnchored(one) && this.#isAnchored(other)) return;
    const isAnchored = this.#isAnchored(one) || this.#isAnchored(other);
    this.#join(one, other, 'several tables');
    if (isAnchored) this.#anchors.add(this.#sets.of(one));
  }

  #joinNames(): void {
    const byName = Map.groupBy(
      [...this.#columns.values()].filter(({ column }) => !isGeneric(column.name)),
      ({ column, family }) => `${column.name} ${family}`,
    );
    for (const key of [...byName.keys()].toSorted(byText)) {
      const ids = (byName.get(key) ?? []).map(idOf);
      const anchored = ids.filter((id) => this.#isAnchored(id));
      const [home, ...more] = [...new Set(anchored.map((id) => this.#sets.of(id)))];
      const others = ids.filter((id) => !this.#isAnchored(id));
      const [first, ...rest] = others;
      if (first === undefined) continue;
      // Which of several things it is the id of, its name does not say.
      const isOne = home !== undefined && more.length === 0;
      for (const id of rest) {
        if (this.#sets.of(id) !== this.#sets.of(first)) this.#join(id, first, 'several tables');
      }
      if (!isOne) continue;
      this.#join(first, home, 'several tables');
      this.#anchors.add(this.#sets.of(home));
    }
  }
}

/** Names that every table has for its own rows. */
const isGeneric = (name: string): boolean => /^_?(?:id|uuid|guid|pk|key|oid|uid|rowid)$/.test(name);
