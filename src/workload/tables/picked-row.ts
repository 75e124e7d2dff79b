import { below, mix, saltOf } from '../mix.ts';
import type { TableNode } from './table-tree.ts';
import { tenantRow, tenantRowCount, tenantRows } from './tenant-rows.ts';

/** A row of another table for a row of a tenant (any number for a row without one); -1: none. */
export type PickRow = (tenant: number, row: number) => number;

/**
 * The row of `picked` that all columns of `node` which pick from it take: of the row's own tenant
 * where both have tenants. It is a loaded one for every row, loaded or new.
 */
export function rowPicker(
  node: TableNode,
  picked: TableNode,
  tenants: number,
  seed: number,
): PickRow {
  const salt = saltOf(seed, `${node.table.name}/pick/${picked.table.name}`);
  const { count } = picked.loaded;
  const own = node.loaded.tenantOf === null ? null : tenantRows(picked, tenants);
  if (own === null) return (_, row) => (count === 0 ? -1 : below(mix(salt, row, 0), count));
  return (tenant, row) => {
    const rows = tenantRowCount(own, tenant);
    return rows === 0 ? -1 : tenantRow(own, tenant, below(mix(salt, row, 0), rows));
  };
}
