import { describe, expect, test } from 'vitest';
import type { ScriptParameter } from '../scenario/table-types.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { createArrivalRows } from './arrival-rows.ts';
import { arrivals, draw, loadedOf, once, operation } from './tables/script-fixture.ts';
import { shopWorkload } from './tables/shop-fixture.ts';

describe('draws', () => {
  test('a row of the tenant, each equally likely, or any of a table without tenants', () => {
    const workload = shopWorkload({
      operations: [
        operation([draw('lines', { kind: 'tenant' }), draw('products', { kind: 'tenant' })]),
      ],
    });
    const lines = loadedOf(workload, 'lines');
    const found = arrivals(workload, (rows, tenant) => {
      expect(lines.tenantOf?.[rows.row(0, 0, 0)]).toBe(tenant);
      return rows.row(1, 0, 0);
    });
    const counts = Array.from({ length: 50 }, () => 0);
    for (const row of found) counts[row] = (counts[row] ?? 0) + 1;
    expect(
      chiSquareTest(
        counts,
        counts.map(() => 1),
      ).p,
    ).toBeGreaterThan(0.001);
    const rows = createArrivalRows(workload);
    const own = new Map<number, number>();
    for (let number = 0; number < 20_000; number += 1) {
      rows.open(0, false, 3, number);
      own.set(rows.row(0, 0, 0), (own.get(rows.row(0, 0, 0)) ?? 0) + 1);
    }
    expect(own.size).toBe(lines.tenantOf?.filter((tenant) => tenant === 3).length);
    const even = [...own.values()];
    expect(
      chiSquareTest(
        even,
        even.map(() => 1),
      ).p,
    ).toBeGreaterThan(0.001);
  });

  test('a remote row is another tenant’s, by weight, in its share of the arrivals', () => {
    const workload = shopWorkload({
      tenants: { distribution: 'zipf', exponent: 1, count: 8, idType: 'int8' },
      operations: [operation([draw('orders', { kind: 'remote', fraction: 0.3 })])],
    });
    const { tenantOf } = loadedOf(workload, 'orders');
    const rows = createArrivalRows(workload);
    const counts = Array.from({ length: 8 }, () => 0);
    for (let number = 0; number < 40_000; number += 1) {
      rows.open(0, false, 1, number);
      const tenant = tenantOf?.[rows.row(0, 0, 0)] ?? 0;
      counts[tenant] = (counts[tenant] ?? 0) + 1;
    }
    const { weights } = workload.tenants;
    const others = 1 - (weights[1] ?? 0);
    const shares = Array.from(weights, (weight, i) => (i === 1 ? 0.7 : (0.3 * weight) / others));
    expect(chiSquareTest(counts, shares).p).toBeGreaterThan(0.001);
  });

  test('rows of the same tenant, above and below, and new ones hang together', () => {
    const workload = shopWorkload({
      operations: [
        operation([
          draw('orders', { kind: 'remote', fraction: 0.5 }),
          draw('users', { kind: 'sameTenant', draw: 0 }),
          draw('users', { kind: 'ancestor', draw: 0 }),
          draw('lines', { kind: 'descendant', draw: 2 }),
          draw('orders', { kind: 'new', parent: 1 }),
          draw('lines', { kind: 'new', parent: 4 }),
          draw('tenants', { kind: 'ancestor', draw: 5 }),
        ]),
      ],
    });
    const [users, orders, lines] = ['users', 'orders', 'lines'].map((name) =>
      loadedOf(workload, name),
    );
    let below = 0;
    arrivals(workload, (rows) => {
      const order = rows.row(0, 0, 0);
      const tenant = orders?.tenantOf?.[order];
      expect(users?.tenantOf?.[rows.row(1, 0, 0)]).toBe(tenant);
      expect(rows.row(2, 0, 0)).toBe(orders?.parentOf?.[order]);
      const line = rows.row(3, 0, 0);
      expect(orders?.parentOf?.[lines?.parentOf?.[line] ?? -1]).toBe(rows.row(2, 0, 0));
      if (lines?.parentOf?.[line] !== order) below += 1;
      expect(rows.text(4, 0, 0, 'user_id')).toBe(rows.text(1, 0, 0, 'id'));
      expect(rows.text(5, 0, 0, 'order_id')).toBe(rows.text(4, 0, 0, 'id'));
      expect(rows.text(5, 0, 0, 'tenant_id')).toBe(rows.text(0, 0, 0, 'tenant_id'));
      expect(rows.text(6, 0, 0, 'id')).toBe(rows.text(0, 0, 0, 'tenant_id'));
    });
    expect(below).toBeGreaterThan(500);
  });

  test('lists have different rows where there are enough, and only of the tenant', () => {
    const workload = shopWorkload({
      operations: [operation([draw('users', { kind: 'tenant' }, { rows: 4 })])],
    });
    const { tenantOf } = loadedOf(workload, 'users');
    arrivals(workload, (rows, tenant) => {
      const found = Array.from({ length: rows.rowCount(0) }, (_, i) => rows.row(0, 0, i));
      expect(found.length).toBe(4);
      const own = tenantOf?.filter((each) => each === tenant).length ?? 0;
      expect(new Set(found).size).toBe(Math.min(4, own));
      expect(found.every((row) => tenantOf?.[row] === tenant)).toBe(true);
    });
  });

  test('ranges have adjacent rows of the tenant, or of the table', () => {
    const row = (of: number, form: 'from' | 'to'): ScriptParameter => ({
      kind: 'row',
      draw: of,
      column: 'id',
      form,
    });
    const workload = shopWorkload({
      operations: [
        operation(
          [
            draw('orders', { kind: 'tenant' }, { rows: 5 }),
            draw('products', { kind: 'tenant' }, { rows: 5 }),
          ],
          once,
          [row(0, 'from'), row(0, 'to'), row(1, 'from')],
        ),
      ],
    });
    const { tenantOf } = loadedOf(workload, 'orders');
    arrivals(workload, (rows, tenant) => {
      const own = Array.from(tenantOf ?? [], (each, i) => (each === tenant ? i : -1)).filter(
        (each) => each >= 0,
      );
      const [first, last] = [rows.row(0, 0, 0), rows.row(0, 0, 4)];
      expect(own.indexOf(last) - own.indexOf(first)).toBe(Math.min(4, own.length - 1));
      expect(rows.row(1, 0, 4) - rows.row(1, 0, 0)).toBe(4);
    });
  });

  test('NURand is that of TPC-C', () => {
    const workload = shopWorkload({
      operations: [operation([draw('products', { kind: 'nurand', a: 15 })])],
    });
    const found = arrivals(workload, (rows) => rows.row(0, 0, 0));
    const shares = Array.from({ length: 50 }, () => 0);
    for (let a = 0; a <= 15; a += 1) {
      for (let n = 0; n < 50; n += 1) shares[(a | n) % 50] = (shares[(a | n) % 50] ?? 0) + 1;
    }
    const counts = Array.from({ length: 50 }, () => 0);
    for (const row of found) counts[row] = (counts[row] ?? 0) + 1;
    const fits = Array.from({ length: 16 }, (_, c) =>
      chiSquareTest(
        counts,
        shares.map((_share, i) => shares[(i - c + 50) % 50] ?? 0),
      ),
    );
    // One constant fits, whichever the seed chose, and hardly more than that.
    expect(fits.filter(({ p }) => p > 0.001).length).toBe(1);
  });

  test('a tenant without rows has none to draw, and no new ones below them', () => {
    const workload = shopWorkload(
      {
        operations: [
          operation([
            draw('users', { kind: 'tenant' }),
            draw('orders', { kind: 'new', parent: 0 }),
            draw('orders', { kind: 'descendant', draw: 0 }),
          ]),
        ],
      },
      (set) => ({
        ...set,
        tables: set.tables.map((table) =>
          table.name === 'users' ? { ...table, rows: { kind: 'fixed', count: 0 } } : table,
        ),
      }),
    );
    arrivals(workload, (rows) => {
      expect([0, 1, 2].map((each) => rows.row(each, 0, 0))).toEqual([-1, -1, -1]);
      expect(rows.text(1, 0, 0, 'id')).toBeNull();
    });
  });
});
