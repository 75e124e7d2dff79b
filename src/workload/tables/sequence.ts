import { assert } from '../../base/assert.ts';
import type { LoadedTable } from '../types.ts';
import type { TableNode } from './table-tree.ts';

/** 1 and on within the parent or the tenant of a loaded row, and without either in the table. */
export function loadedSequence({ loaded }: TableNode): (row: number) => number {
  const { parentOf, tenantOf, starts, order } = loaded;
  if (starts === null) return (row) => row + 1;
  if (order === null) {
    return (row) => row - (starts[(parentOf ?? tenantOf)?.[row] ?? 0] ?? 0) + 1;
  }
  return (row) => placeOf(loaded, row) + 1;
}

/** How many of its owner's rows stand before a row; they ascend. */
function placeOf({ tenantOf, starts, order }: LoadedTable, row: number): number {
  assert(tenantOf !== null && starts !== null && order !== null, 'rows in an order of their own');
  const owner = tenantOf[row] ?? 0;
  const first = starts[owner] ?? 0;
  let low = first;
  let high = (starts[owner + 1] ?? 0) - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low - first;
}
