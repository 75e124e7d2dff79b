import { present } from '../src/base/assert.ts';
import { everyShard, type TableRows } from '../src/postgres/tables/table-rows.ts';
import type { Layout } from '../src/scenario/layout-types.ts';
import type { TableSet } from '../src/scenario/table-types.ts';
import { copyColumns } from '../src/workload/tables/copy-column.ts';
import { columnText } from '../src/workload/tables/column-text.ts';
import { buildTableRows } from '../src/workload/tables/table-rows.ts';
import { buildTenants } from '../src/workload/tenants.ts';
import type { Workload } from '../src/workload/types.ts';
import { benchTables, tenantBytes } from './load-tables.ts';

const seed = 1;

/** Rows of about so many bytes as text; tenants in turn on the shards, tables without on all. */
export function benchWorkload(bytes: number, shards: number): Workload {
  const count = Math.max(shards, Math.round(bytes / tenantBytes));
  const tenants = buildTenants({ distribution: 'uniform', count, idType: 'int8' }, seed, null);
  const loaded = buildTableRows(benchTables, tenants, seed);
  const none = new Uint32Array(0);
  const workload: Workload = {
    seed,
    tenants,
    rows: { count: 0, standsFor: 1, tenantOf: none, starts: none, order: none },
    columns: [],
    operations: [],
    arrivals: { process: 'constant', ratePerSecond: 1 },
    durationMs: 0,
    warmupMs: 0,
    tables: { set: benchTables, loaded, layouts: new Map() },
  };
  return workload;
}
export function benchRows(bytes: number, shards: number): TableRows {
  const workload = benchWorkload(bytes, shards);
  const loaded = workload.tables!.loaded;
  return {
    set: benchTables,
    count: (table) => present(loaded[table], 'table').count,
    column: (table, column) =>
      copyColumns(workload, present(benchTables.tables[table], 'table').name)(column),
    text: (table, column) =>
      columnText(workload, present(benchTables.tables[table], 'table').name)(column),
    shardOf: (table) => {
      const { tenantOf } = present(loaded[table], 'table');
      return tenantOf === null ? () => everyShard : (row) => (tenantOf[row] ?? 0) % shards;
    },
  };
}

export const benchLayout = ({ tables }: TableSet): Layout => ({
  key: 'tenant',
  tables: tables.map(({ name, per }) => ({
    table: name,
    placement: per === null ? 'reference' : 'sharded',
    keyColumns: [],
    reason: 'key',
  })),
  operations: [],
  lost: [],
});
