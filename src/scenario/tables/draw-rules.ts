import type { Draw, DrawFrom } from '../table-types.ts';
import type { TableTree } from './table-tree.ts';

/**
 * Which row a table's own name stands for: the row above an earlier draw's row; else a row below
 * an earlier draw's row, the nearest; else a row of the arrival's tenant. Rows of other tenants,
 * several rows and new ones (`aside`) count for none of it: who means these says so by `of`.
 */
export function ownNameRow(
  table: string,
  group: number,
  draws: readonly Draw[],
  aside: ReadonlySet<number>,
  tree: TableTree,
): DrawFrom {
  const seen = draws.flatMap((draw, index) =>
    (draw.group === 0 || draw.group === group) && !aside.has(index)
      ? [{ table: draw.table, draw: index }]
      : [],
  );
  const below = seen.find((each) => tree.isAbove(table, each.table));
  if (below !== undefined) return { kind: 'ancestor', draw: below.draw };
  for (const upper of tree.above(table)) {
    const above = seen.find((each) => each.table === upper);
    if (above !== undefined) return { kind: 'descendant', draw: above.draw };
  }
  return { kind: 'tenant' };
}

/** How a row is found from another one's, as `of` has it; undefined where nothing relates them. */
export function relatedRow(
  table: string,
  to: { readonly table: string; readonly draw: number },
  tree: TableTree,
): DrawFrom | undefined {
  const { draw } = to;
  if (tree.isAbove(table, to.table)) return { kind: 'ancestor', draw };
  if (tree.isAbove(to.table, table)) return { kind: 'descendant', draw };
  const bothHaveTenants = tree.hasTenants(table) && tree.hasTenants(to.table);
  return bothHaveTenants ? { kind: 'sameTenant', draw } : undefined;
}
