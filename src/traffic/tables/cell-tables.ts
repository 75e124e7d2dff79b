import { present } from '../../base/assert.ts';
import type { Layout, TableLayout } from '../../scenario/layout-types.ts';
import { tableKey } from '../../workload/tables/table-key.ts';
import type { Workload } from '../../workload/types.ts';
import { everyShard, type TableContents, tablesOnShards } from './table-contents.ts';
import { createTrace } from './table-trace.ts';
import type { OperationTrace, TableRouters } from './trace.ts';

/** Where the tables of a scenario lie in one cell. */
export interface CellTables {
  readonly layout: Layout;
  readonly routers: TableRouters;
  /**
   * The shard of each loaded row of a table by its number; -1 where it lies on all of them (a
   * reference table). The function allocates nothing.
   */
  shardOf(table: string): (row: number) => number;
  /** Each table on each shard as it is loaded; counted when first asked for. */
  contents(): readonly TableContents[];
  /** A trace of its own, for one thread of work: whoever routes and whoever sends have one each. */
  trace(): OperationTrace;
}

/** Of tables at home, and of rows without a key (NULL). */
const homeShard = 0;

export function cellTables(workload: Workload, layout: Layout, routers: TableRouters): CellTables {
  const shardOf = (table: string) => shardOfTable(workload, layoutOfTable(layout, table), routers);
  let contents: readonly TableContents[] | null = null;
  return {
    layout,
    routers,
    shardOf,
    contents: () => (contents ??= tablesOnShards(workload, routers.shardCount, shardOf)),
    trace: () => createTrace(workload, layout, routers),
  };
}

function layoutOfTable({ tables }: Layout, name: string): TableLayout {
  return present(
    tables.find(({ table }) => table === name),
    `layout of ${name}`,
  );
}

function shardOfTable(
  workload: Workload,
  layout: TableLayout,
  { main, own }: TableRouters,
): (row: number) => number {
  const { placement, table } = layout;
  if (placement === 'reference') return () => everyShard;
  if (placement === 'home') return () => homeShard;
  const router = present(placement === 'sharded' ? main : own.get(table), `router of ${table}`);
  const key = tableKey(workload, layout);
  const bytes = new Uint8Array(key.maxBytes);
  return (row) => {
    const length = key.write(row, bytes);
    return length === 0 ? homeShard : router.route(bytes, 0, length);
  };
}
