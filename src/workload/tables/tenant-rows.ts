import { present } from '../../base/assert.ts';
import type { LoadedTable } from '../types.ts';
import type { TableNode } from './table-tree.ts';

/** Rows of each tenant in a table: order[from[t] .. to[t]), ascending; without order those rows. */
export interface TenantRows {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly order: Uint32Array | null;
}

/** Made when first drawn from, and once for each table: many are never drawn from by tenant. */
const made = new WeakMap<LoadedTable, TenantRows>();

/** null for a table without tenants. */
export function tenantRows(node: TableNode, tenants: number): TenantRows | null {
  const { loaded, parent } = node;
  if (loaded.tenantOf === null) return null;
  let rows = made.get(loaded);
  if (rows === undefined) {
    if (parent === null) rows = ownRows(loaded, tenants);
    else if (hasOneEach(parent)) rows = stretches(node, parent, tenants);
    else rows = indexRows(loaded.tenantOf, tenants);
    made.set(loaded, rows);
  }
  return rows;
}

/** Row number `place` of those of a tenant. */
export function tenantRow({ from, order }: TenantRows, tenant: number, place: number): number {
  const at = (from[tenant] ?? 0) + place;
  return order === null ? at : (order[at] ?? 0);
}

export function tenantRowCount({ from, to }: TenantRows, tenant: number): number {
  return (to[tenant] ?? 0) - (from[tenant] ?? 0);
}

function ownRows({ starts, order }: LoadedTable, tenants: number): TenantRows {
  const own = present(starts, 'starts of a table with tenants');
  return { from: own.subarray(0, tenants), to: own.subarray(1), order };
}

/**
 * Whether the first table above has at most one row of each tenant, as tables of tenants have: a
 * tenant's rows are then one stretch of each table below, and need no index.
 */
function hasOneEach({ loaded, parent }: TableNode): boolean {
  if (parent !== null) return hasOneEach(parent);
  const starts = present(loaded.starts, 'starts of a table with tenants');
  return starts.every((start, t) => t === 0 || start - (starts[t - 1] ?? 0) <= 1);
}

function stretches({ loaded }: TableNode, parent: TableNode, tenants: number): TenantRows {
  const above = present(tenantRows(parent, tenants), 'rows of tenants above');
  const starts = present(loaded.starts, 'starts of a table with a parent');
  const from = new Uint32Array(tenants);
  const to = new Uint32Array(tenants);
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    const count = tenantRowCount(above, tenant);
    if (count === 0) continue;
    const first = tenantRow(above, tenant, 0);
    from[tenant] = starts[first] ?? 0;
    to[tenant] = starts[first + count] ?? 0;
  }
  return { from, to, order: null };
}

function indexRows(tenantOf: Uint32Array, tenants: number): TenantRows {
  const starts = new Uint32Array(tenants + 1);
  for (let row = 0; row < tenantOf.length; row += 1) {
    const next = (tenantOf[row] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let t = 0; t < tenants; t += 1) starts[t + 1] = (starts[t + 1] ?? 0) + (starts[t] ?? 0);
  const order = new Uint32Array(tenantOf.length);
  const places = starts.slice(0, tenants);
  for (let row = 0; row < tenantOf.length; row += 1) {
    const tenant = tenantOf[row] ?? 0;
    const place = places[tenant] ?? 0;
    order[place] = row;
    places[tenant] = place + 1;
  }
  return { from: starts.subarray(0, tenants), to: starts.subarray(1), order };
}
