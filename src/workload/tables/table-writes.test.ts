import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { sum } from '../../base/statistics/moments.ts';
import type { Layout, StatementLayout } from '../../scenario/layout-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { planArrivals } from '../arrival-plan.ts';
import { knownKeys, tenantWrites, writesByKey } from '../key-usage.ts';
import { isTenantKey } from '../tenant-key.ts';
import type { Workload } from '../types.ts';
import { shopWorkload } from './shop-fixture.ts';
import { storedBytes } from './stored-tables.ts';

const shop = shopWorkload();

/** The shop with another layout by tenant: the statements of `place_order` are changed. */
function changed(change: (statement: StatementLayout, index: number) => StatementLayout): Workload {
  const [place, ...others] = tenantLayout.operations;
  const { statements, ...rest } = present(place, 'place_order');
  const operations = [{ ...rest, statements: statements.map(change) }, ...others];
  return withLayout({ ...tenantLayout, operations });
}

const withLayout = (layout: Layout): Workload => ({
  ...shop,
  tables: { ...present(shop.tables, 'tables'), layouts: new Map([['tenant', layout]]) },
});

test('writes by tenant are those of the arrivals, each of one key', () => {
  const plan = planArrivals(shop);
  const writes = writesByKey(shop, plan, 'tenant');
  const expected = [...plan.writesByTenant].filter((count) => count > 0).toSorted((a, b) => a - b);
  expect([...writes.counts].toSorted((a, b) => a - b)).toEqual(expected);
  expect(writes.keys.count).toBe(expected.length);
  expect(writes).toMatchObject({ everywhere: 0, exact: true, crossing: new Set() });
  const byTenant = tenantWrites(shop, plan, 'tenant');
  expect(new Set(byTenant.tenant).size).toBe(expected.length);
  expect(sum([...byTenant.counts])).toBe(sum(expected));
});

test('a write with a statement that asks all shards is one on every shard', () => {
  const workload = changed((statement, index) =>
    index === 2 ? { ...statement, route: { to: 'all' } } : statement,
  );
  const plan = planArrivals(workload);
  const writes = writesByKey(workload, plan, 'tenant');
  expect(writes.everywhere).toBe(plan.byOperation[0]);
  expect(writes.keys.count).toBe(0);
  expect(writes.crossing).toEqual(new Set([0]));
});

test('a write of two keys counts for both, and can cross shards', () => {
  const workload = changed((statement, index) => {
    if (index !== 2) return statement;
    const keys = [{ values: [{ constant: '123456789' }] }];
    return { ...statement, route: { to: 'keys', router: 'main', keys } };
  });
  const plan = planArrivals(workload);
  const writes = writesByKey(workload, plan, 'tenant');
  expect(sum([...writes.counts])).toBe(2 * (plan.byOperation[0] ?? 0));
  expect(writes.exact).toBe(false);
  expect(writes.crossing).toEqual(new Set([0]));
});

test('what does not run is not written', () => {
  const [place, ...others] = tenantLayout.operations;
  const operations = [{ ...present(place, 'place_order'), runs: 'none' } as const, ...others];
  const workload = withLayout({ ...tenantLayout, operations });
  const writes = writesByKey(workload, planArrivals(workload), 'tenant');
  expect(writes.counts).toHaveLength(0);
});

test('keys carry the rows and bytes of all tables that lie by them', () => {
  const known = knownKeys(shop, 'tenant');
  const { loaded, set } = present(shop.tables, 'tables');
  const stored = storedBytes(shop, tenantLayout);
  const keyed = loaded.filter((_, i) => set.tables[i]?.name !== 'products');
  expect(known.count).toBe(shop.tenants.count);
  expect(known.weights).toBe(shop.tenants.weights);
  expect(sum([...known.rows])).toBe(sum(keyed.map(({ count }) => count)));
  expect(sum([...(known.bytesOf ?? [])])).toBeCloseTo(stored.keyed, 3);
  expect(stored.reference).toBeGreaterThan(50 * 40);
  expect(stored.ownKey + stored.home).toBe(0);
});

test('the key of a layout is the tenants where all its tables lie by them', () => {
  expect(isTenantKey(shop, 'tenant')).toBe(true);
  const tables = tenantLayout.tables.map((each) =>
    each.table === 'orders' ? { ...each, keyColumns: ['user_id'] } : each,
  );
  expect(isTenantKey(withLayout({ ...tenantLayout, tables }), 'tenant')).toBe(false);
});
