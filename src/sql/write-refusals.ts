import type { FateReason, TableLayout } from '../scenario/layout-types.ts';
import type { Instance, WriteBlock } from './blocks.ts';
import { classesOf } from './classes.ts';
import type { Cascade, Placing } from './placing.ts';

/**
 * Why a write cannot run at all where tables lie so, whichever shards it goes to.
 *
 * @param isDone whether the statements before have done by themselves what a cascade would do
 */
export function writeRefusal(
  write: WriteBlock,
  placing: Placing,
  isDone: (cascade: Cascade) => boolean,
): FateReason | null {
  const { table, at } = write;
  const layout = table === null ? undefined : placing.tables.get(table);
  if (table === null || layout === undefined) return { code: 'undecided', names: [], at };
  return (
    keyChanged(write, layout) ??
    conflictLost(write, layout, placing) ??
    (write.deletes ? cascadeLost(table, at, placing, isDone) : null)
  );
}

/** A row whose key changes would have to move to another shard. */
function keyChanged({ sets, target }: WriteBlock, layout: TableLayout): FateReason | null {
  for (const { column, term, at } of sets) {
    if (!layout.keyColumns.includes(column)) continue;
    if (target === null || term === null || !sameTerm(target, column, term)) {
      return { code: 'key-changed', names: [layout.table, column], at };
    }
  }
  return null;
}

function sameTerm(
  { id, conds }: Instance,
  column: string,
  term: NonNullable<WriteBlock['sets'][number]['term']>,
): boolean {
  return classesOf(conds).same({ kind: 'column', instance: id, column }, term);
}

/** Whether the row is there already could only be asked of all shards at once. */
function conflictLost(
  { conflict }: WriteBlock,
  { table, keyColumns, placement }: TableLayout,
  { lost }: Placing,
): FateReason | null {
  if (conflict === null || placement === 'reference' || placement === 'home') return null;
  const { columns, at } = conflict;
  if (columns === null) {
    const first = lost.find((each) => each.table === table && each.kind !== 'foreign');
    if (first === undefined) return null;
    return { code: 'conflict-on-lost-unique', names: [table, ...first.columns], at };
  }
  if (keyColumns.every((column) => columns.includes(column))) return null;
  return { code: 'conflict-on-lost-unique', names: [table, ...columns], at };
}

/** Rows that hang on a deleted one may be on other shards, which know nothing of it. */
function cascadeLost(
  table: string,
  at: number,
  { cascades }: Placing,
  isDone: (cascade: Cascade) => boolean,
): FateReason | null {
  const seen = new Set<string>();
  const waiting = [table];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    if (seen.has(parent)) continue;
    seen.add(parent);
    for (const cascade of cascades.get(parent) ?? []) {
      if (parent === table && isDone(cascade)) continue;
      const { table: child, columns, lost, deletes } = cascade;
      if (lost) return { code: 'cascade-over-lost-key', names: [child, ...columns], at };
      if (deletes) waiting.push(child);
    }
  }
  return null;
}
