import type { TableLayout } from '../scenario/layout-types.ts';
import type { Instance } from './blocks.ts';
import { classesOf } from './classes.ts';
import type { Term } from './terms.ts';

/** Rows that lie on shards by one router. */
export interface Member {
  readonly instance: Instance;
  /** Rows of the same group with the same key are on the same shard. */
  readonly group: string;
  /** The key of each row; null: it is not among what is known of the row. */
  readonly key: readonly Term[] | null;
}

/** `main`, or the table whose own key decides; `home` where all rows are on one shard. */
export function groupOf({ placement, table }: TableLayout): string {
  if (placement === 'home') return 'home';
  return placement === 'own-key' ? `own ${table}` : 'main';
}

export function memberOf(instance: Instance, layout: TableLayout): Member {
  const key = layout.keyColumns.map((column): Term => {
    return { kind: 'column', instance: instance.id, column };
  });
  return { instance, group: groupOf(layout), key };
}

/** Whether rows that meet have the same key, by what is known of either. */
export function areTied(one: Member, other: Member): boolean {
  return isTiedBy(one, other, one.instance) || isTiedBy(one, other, other.instance);
}

/** The same by what is known of one of them alone. */
export function isTiedBy(one: Member, other: Member, { conds }: Instance): boolean {
  if (one.group !== other.group) return false;
  if (one.group === 'home') return true;
  const [left, right] = [one.key, other.key];
  if (left === null || right === null || left.length !== right.length) return false;
  const classes = classesOf(conds);
  return left.every((term, index) => {
    const same = right[index];
    return same !== undefined && classes.same(term, same);
  });
}
