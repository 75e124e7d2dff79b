import type { Layout } from '../scenario/layout-types.ts';
import type { TableSet } from '../scenario/table-types.ts';
import { heldByRows } from './held-foreign.ts';
import { type Placing, placingOf } from './placing.ts';

/** Where tables lie, for statements that are none of the scenario's operations. */
export function placingOfLayout(
  set: TableSet,
  { tables, lost }: Pick<Layout, 'tables' | 'lost'>,
): Placing {
  const held = heldByRows(set, tables);
  for (const [key, { child }] of held) {
    const isLost = lost.some(
      ({ table, kind, columns, references }) =>
        kind === 'foreign' &&
        table === child.name &&
        references === key.table &&
        columns.join() === key.columns.join(),
    );
    if (isLost) held.delete(key);
  }
  return placingOf(set, tables, held);
}
