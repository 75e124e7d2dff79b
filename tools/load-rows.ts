import { present } from '../src/base/assert.ts';
import { everyShard, type TableRows } from '../src/postgres/tables/table-rows.ts';
import { workloadRows } from '../src/postgres/tables/workload-rows.ts';
import type { Layout } from '../src/scenario/layout-types.ts';
import type { TableSet } from '../src/scenario/table-types.ts';
import { buildTableRows } from '../src/workload/tables/table-rows.ts';
import { buildTenants } from '../src/workload/tenants.ts';
import type { LoadedTable, Workload } from '../src/workload/types.ts';
import { benchTables, tenantBytes } from './load-tables.ts';

const seed = 1;

/** Rows of about so many bytes as text; tenants in turn on the shards, tables without on all. */
export function benchRows(bytes: number, shards: number): TableRows {
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
  return workloadRows(workload, { shardOf: (table) => inTurn(loadedOf(loaded, table), shards) });
}

function loadedOf(loaded: readonly LoadedTable[], name: string): LoadedTable {
  const index = benchTables.tables.findIndex((table) => table.name === name);
  return present(loaded[index], name);
}

const inTurn = ({ tenantOf }: LoadedTable, shards: number): ((row: number) => number) =>
  tenantOf === null ? () => everyShard : (row) => (tenantOf[row] ?? 0) % shards;

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
