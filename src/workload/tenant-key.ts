import { tablesOf } from './tables/column-text.ts';
import { columnSource } from './tables/column-source.ts';
import { tableTree } from './tables/table-tree.ts';
import { layoutOf } from './tables/table-writes.ts';
import type { Workload } from './types.ts';

/** Whether the values of a shard key are the tenants, one for each. */
export function isTenantKey(workload: Workload, keyName: string): boolean {
  const layout = layoutOf(workload, keyName);
  if (layout === null) {
    const column = workload.columns.find(({ name }) => name === keyName);
    return column?.generator.kind === 'tenant';
  }
  const nodes = tableTree(tablesOf(workload));
  const sharded = layout.tables.filter(({ placement }) => placement === 'sharded');
  const isTenant = ({ table, keyColumns, bits }: (typeof sharded)[number]): boolean => {
    const [column, ...others] = keyColumns;
    if (column === undefined || others.length > 0 || bits !== undefined) return false;
    return columnSource(nodes, workload.seed, table, column).generator.kind === 'tenant';
  };
  return sharded.length > 0 && sharded.every(isTenant);
}
