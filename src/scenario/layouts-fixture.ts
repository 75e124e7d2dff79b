// What Postgres' grammar makes of the shop of tables-fixture.ts, by hand.
import type { Layout, OperationLayout, StatementLayout, TableLayout } from './layout-types.ts';

const byKey = (parameter: number, locks: boolean): StatementLayout => ({
  fate: 'single',
  route: { to: 'keys', router: 'main', keys: [{ values: [{ parameter }] }] },
  locks,
});

const sharded = (table: string, keyColumn: string): TableLayout => ({
  table,
  placement: 'sharded',
  keyColumns: [keyColumn],
  reason: 'key',
});

const operations: readonly OperationLayout[] = [
  {
    fate: 'single',
    runs: 'own',
    statements: [
      byKey(1, true),
      { fate: 'reference', route: { to: 'any' }, locks: false },
      byKey(1, true),
    ],
  },
  { fate: 'single', runs: 'own', statements: [byKey(1, false)] },
  {
    fate: 'scatter',
    runs: 'own',
    statements: [
      {
        fate: 'scatter',
        route: { to: 'all' },
        locks: false,
        reason: { code: 'key-not-bound', names: ['orders', 'tenant_id'] },
      },
    ],
  },
];

/** By tenant: products are a reference table. */
export const tenantLayout: Layout = {
  key: 'tenant',
  tables: [
    sharded('tenants', 'id'),
    sharded('users', 'tenant_id'),
    { table: 'products', placement: 'reference', keyColumns: [], reason: 'small' },
    sharded('orders', 'tenant_id'),
    sharded('lines', 'tenant_id'),
  ],
  operations,
  lost: [],
};
