import { mismatch, type Problems } from '../problem.ts';
import type { TableSet } from '../table-types.ts';
import type { TenantSource } from '../tenant-types.ts';
import type { DataVolume } from '../types.ts';
import { expectedRows } from './expected-rows.ts';
import { estimatedRowBytes } from './row-bytes.ts';
import { TableTree } from './table-tree.ts';

/** Of a file, whose tenants are counted when it is read. */
const assumedTenants = 1000;

const tenantCount = (tenants: TenantSource): number =>
  tenants.distribution === 'file' ? assumedTenants : tenants.count;

/**
 * What the tables take in all and on average, estimated where the scenario does not say what a row
 * takes: for what is planned before anything is loaded.
 */
export function tablesData(
  { tables }: Pick<TableSet, 'tables'>,
  tenants: TenantSource,
): DataVolume {
  const tree = new TableTree(tables);
  let rows = 0;
  let totalBytes = 0;
  for (const table of tables) {
    const own = expectedRows(table, tree, tenantCount(tenants));
    rows += own;
    totalBytes += own * (table.rowBytes ?? estimatedRowBytes(table, tree));
  }
  const rowBytes = rows === 0 ? 0 : totalBytes / rows;
  return { totalBytes: Math.round(totalBytes), rowBytes: Math.max(1, Math.round(rowBytes)) };
}

/** What is loaded by `run`, where `most` rows of a table can be. */
export function checkTableRows(
  { tables }: Pick<TableSet, 'tables'>,
  tenants: TenantSource,
  most = Infinity,
  problems: Problems,
): void {
  const tree = new TableTree(tables);
  for (const table of tables) {
    const rows = Math.round(expectedRows(table, tree, tenantCount(tenants)));
    if (rows <= most) continue;
    const allowed = `up to ${most.toLocaleString('en')} rows of a table`;
    const path = ['tables', table.name, 'rows'];
    problems.add(path, mismatch(`${rows.toLocaleString('en')} rows`, allowed));
  }
}
