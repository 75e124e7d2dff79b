import { byText, columnId, idOf, type KeyColumn } from './key-columns.ts';
import type { Reference } from './references.ts';

/** One step of a reference, of one column: `table.column` to `table.column`. */
export class ColumnReferences {
  readonly #up = new Map<string, Set<string>>();
  readonly #down = new Map<string, Set<string>>();

  constructor(references: readonly Reference[]) {
    for (const { child, columns, parent, references: pointed } of references) {
      // A row that points to another of its own table leads nowhere else.
      if (child === parent) continue;
      for (const [index, column] of columns.entries()) {
        const [from, to] = [columnId(child, column), columnId(parent, pointed[index] ?? '')];
        this.#up.set(from, (this.#up.get(from) ?? new Set()).add(to));
        this.#down.set(to, (this.#down.get(to) ?? new Set()).add(from));
      }
    }
  }

  isTop(id: string): boolean {
    return !this.#up.has(id);
  }

  pointedBy(id: string): number {
    return this.#down.get(id)?.size ?? 0;
  }

  /** Steps of each column down from the nearest of these. */
  stepsFrom(tops: readonly string[]): ReadonlyMap<string, number> {
    const steps = new Map(tops.map((id) => [id, 0]));
    const waiting = [...tops];
    for (const id of waiting) {
      for (const below of this.#down.get(id) ?? []) {
        if (steps.has(below)) continue;
        steps.set(below, (steps.get(id) ?? 0) + 1);
        waiting.push(below);
      }
    }
    return steps;
  }
}

/**
 * The column in which each value of a class stands once: unique by a constraint, else by what
 * statistics say of a column that others point to (or of the only one); at the top of the
 * references, then the one that most point to. undefined: there is none.
 */
export function rootOf(
  members: readonly KeyColumn[],
  references: ColumnReferences,
): KeyColumn | undefined {
  const tops = members.filter((each) => references.isTop(idOf(each)));
  const top = tops.length === 0 ? members : tops;
  const unique = top.filter(({ isUnique }) => isUnique);
  const pointed = top.filter((each) => references.pointedBy(idOf(each)) > 0);
  const almost = (members.length === 1 ? members : pointed).filter(isAlmostUnique);
  const found = unique.length > 0 ? unique : almost;
  return found.toSorted(
    (one, other) =>
      references.pointedBy(idOf(other)) - references.pointedBy(idOf(one)) ||
      one.place - other.place ||
      other.table.rows.count - one.table.rows.count ||
      byText(idOf(one), idOf(other)),
  )[0];
}

/** Estimates of distinct values are off by some percent. */
const uniqueShareLeast = 0.9;

/** By the statistics: so are the numbers of rows that are unique within each tenant. */
export function isAlmostUnique({ table, column: { stats } }: KeyColumn): boolean {
  const { count } = table.rows;
  return stats !== null && count > 0 && stats.distinct >= uniqueShareLeast * count;
}
