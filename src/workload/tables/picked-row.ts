import { below, mix, saltOf, toUniform } from '../mix.ts';
import type { Tenants } from '../types.ts';
import { otherTenant } from './other-tenant.ts';
import type { TableNode } from './table-tree.ts';
import { tenantRow, tenantRowCount, tenantRows } from './tenant-rows.ts';

/** A row of another table for a row of a tenant (any number for a row without one); -1: none. */
export type PickRow = (tenant: number, row: number) => number;

/**
 * The row of `picked` that all columns of `node` which pick from it take: of the row's own tenant
 * where both have tenants, or in a share of the rows of another one, drawn by weight. It is a
 * loaded one for every row, loaded or new.
 */
export function rowPicker(
  node: TableNode,
  picked: TableNode,
  { count: tenants, weights }: Tenants,
  seed: number,
): PickRow {
  const name = `${node.table.name}/pick/${picked.table.name}`;
  const salt = saltOf(seed, name);
  const { count } = picked.loaded;
  const remote = remoteFraction(node, picked);
  const own = node.loaded.tenantOf === null ? null : tenantRows(picked, tenants);
  if (own === null) return (_, row) => (count === 0 ? -1 : below(mix(salt, row, 0), count));
  const tenantFor =
    remote === 0 ? ownTenant : remoteTenant(remote, weights, saltOf(seed, `${name}/remote`));
  return (tenant, row) => {
    const from = tenantFor(tenant, row);
    const rows = tenantRowCount(own, from);
    return rows === 0 ? -1 : tenantRow(own, from, below(mix(salt, row, 0), rows));
  };
}

const ownTenant = (tenant: number): number => tenant;

/** The same for all columns of the table that pick from the other one. */
function remoteFraction({ table }: TableNode, picked: TableNode): number {
  const fractions = table.columns.map(({ generator }) =>
    generator?.kind === 'pick' && generator.table === picked.table.name
      ? (generator.remote ?? 0)
      : 0,
  );
  return Math.max(0, ...fractions);
}

function remoteTenant(fraction: number, weights: Float64Array, salt: number) {
  const others = otherTenant(weights);
  return (tenant: number, row: number): number => {
    if (mix(salt, row, 0) >= fraction * 2 ** 32) return tenant;
    return others.draw(tenant, toUniform(mix(salt, row, 1), mix(salt, row, 2)));
  };
}
