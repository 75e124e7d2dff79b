import { describe, expect, test } from 'vitest';
import type { RowCount } from '../../scenario/table-types.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { createArrivalRows } from '../arrival-rows.ts';
import { columnText } from './column-text.ts';
import { arrivals, draw, loadedOf, numbers, operation } from './script-fixture.ts';
import { shopWorkload } from './shop-fixture.ts';

describe('repetitions', () => {
  test('times are uniform from and to', () => {
    const times = { kind: 'times', from: 5, to: 15 } as const;
    const workload = shopWorkload({ operations: [operation([], times)] });
    const counts = Array.from({ length: 11 }, () => 0);
    for (const found of arrivals(workload, (rows) => rows.repetitions(1))) {
      counts[found - 5] = (counts[found - 5] ?? 0) + 1;
    }
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2000);
    expect(
      chiSquareTest(
        counts,
        counts.map(() => 1),
      ).p,
    ).toBeGreaterThan(0.001);
  });

  test('once for each child, each time another', () => {
    const workload = shopWorkload({
      operations: [
        operation(
          [
            draw('orders', { kind: 'tenant' }),
            draw('lines', { kind: 'eachChild', draw: 0 }, { group: 1 }),
          ],
          { kind: 'children', table: 'lines', of: 0, limit: 4 },
        ),
      ],
    });
    const { parentOf } = loadedOf(workload, 'lines');
    arrivals(workload, (rows) => {
      const order = rows.row(0, 0, 0);
      const own = Array.from(parentOf ?? [], (parent, i) => (parent === order ? i : -1));
      const children = own.filter((row) => row >= 0).slice(0, 4);
      const times = rows.repetitions(1);
      expect(Array.from({ length: times }, (_, time) => rows.row(1, time, 0))).toEqual(children);
    });
  });

  test('draws of the group that runs once are the same in all of them, others are not', () => {
    const times = { kind: 'times', from: 3, to: 3 } as const;
    const workload = shopWorkload({
      operations: [
        operation(
          [
            draw('products', { kind: 'tenant' }),
            draw('products', { kind: 'tenant' }, { group: 1, name: 'each' }),
          ],
          times,
        ),
      ],
    });
    const kinds = arrivals(workload, (rows) => {
      expect(new Set([0, 1, 2].map((time) => rows.row(0, time, 0))).size).toBe(1);
      return new Set([0, 1, 2].map((time) => rows.row(1, time, 0))).size;
    });
    expect(kinds.filter((count) => count === 3).length).toBeGreaterThan(1700);
  });

  test('drawn values follow their weights and their range', () => {
    const times = { kind: 'times', from: 1, to: 1 } as const;
    const workload = shopWorkload({ operations: [operation([], times)] });
    const words = arrivals(workload, (rows) => rows.valueText(0, 0));
    const a = words.filter((word) => word === 'a').length;
    expect(chiSquareTest([a, words.length - a], [0.3, 0.7]).p).toBeGreaterThan(0.001);
    const days = arrivals(workload, (rows) => Number(rows.valueText(1, 5).slice(-2)));
    const counts = Array.from({ length: 10 }, (_, i) => days.filter((day) => day === i + 1).length);
    expect(
      chiSquareTest(
        counts,
        counts.map(() => 1),
      ).p,
    ).toBeGreaterThan(0.001);
  });
});

describe('an arrival', () => {
  const rows = createArrivalRows(shopWorkload());
  const texts = (tenant: number, number: number, seed = rows): string => {
    seed.open(0, false, tenant, number);
    const times = Array.from({ length: seed.repetitions(1) }, (_, time) => time);
    return times
      .flatMap((time) => [
        seed.text(3, time, 0, 'order_id'),
        seed.text(2, time, 0, 'id'),
        seed.valueText(0, time),
      ])
      .join();
  };

  test('has the same rows in whatever order it is asked for', () => {
    const pairs = numbers.slice(0, 300).map((number) => [number % 60, number] as const);
    const forwards = pairs.map(([tenant, number]) => texts(tenant, number));
    const backwards = pairs.toReversed().map(([tenant, number]) => texts(tenant, number));
    expect(backwards.toReversed()).toEqual(forwards);
    expect(new Set(forwards).size).toBe(300);
  });

  test('of another seed has others', () => {
    const other = createArrivalRows(shopWorkload({ seed: 8 }));
    expect(texts(3, 7, other)).not.toBe(texts(3, 7));
  });
});

describe('new rows', () => {
  test('have ids and primary keys of their own, over 100,000 arrivals', () => {
    const workload = shopWorkload();
    const rows = createArrivalRows(workload);
    const orders = new Set<string | null>();
    const lines = new Set<string>();
    const order = columnText(workload, 'orders')('id');
    for (let row = 0; row < loadedOf(workload, 'orders').count; row += 1) orders.add(order(row));
    let made = orders.size;
    let lineCount = 0;
    for (let number = 0; number < 100_000; number += 1) {
      rows.open(0, false, number % 60, number);
      orders.add(rows.text(1, 0, 0, 'id'));
      made += 1;
      if (number % 10 > 0) continue;
      const last = rows.repetitions(1) - 1;
      for (let time = 0; time <= last; time += 1) {
        lines.add(`${rows.text(3, time, 0, 'order_id')}/${rows.text(3, time, 0, 'number')}`);
        lineCount += 1;
      }
      expect(rows.text(3, last, 0, 'number')).toBe(String(last + 1));
    }
    expect(orders.size).toBe(made);
    expect(lines.size).toBe(lineCount);
  });

  test('below a loaded row go on after its children, each with a number of its own', () => {
    const times = { kind: 'times', from: 1, to: 3 } as const;
    const workload = shopWorkload({
      operations: [
        operation(
          [
            draw('orders', { kind: 'tenant' }),
            draw('lines', { kind: 'new', parent: 0 }, { group: 1, name: 'one' }),
            draw('lines', { kind: 'new', parent: 0 }, { group: 1, name: 'two' }),
          ],
          times,
        ),
      ],
    });
    const keys = new Set<string>();
    const [order, number] = ['order_id', 'number'].map((each) =>
      columnText(workload, 'lines')(each),
    );
    const { count } = loadedOf(workload, 'lines');
    for (let row = 0; row < count; row += 1) keys.add(`${order?.(row)}/${number?.(row)}`);
    let made = keys.size;
    expect(made).toBe(count);
    const numbered = new Set<number>();
    arrivals(workload, (rows) => {
      for (let time = 0; time < rows.repetitions(1); time += 1) {
        for (const each of [1, 2]) {
          made += 1;
          numbered.add(rows.row(each, time, 0));
          keys.add(`${rows.text(each, time, 0, 'order_id')}/${rows.text(each, time, 0, 'number')}`);
        }
      }
    });
    expect(keys.size).toBe(made);
    expect(numbered.size).toBe(made - count);
    expect(Math.min(...numbered)).toBeGreaterThanOrEqual(count);
  });
});

describe('tenants without rows', () => {
  const some = (rows: RowCount) =>
    shopWorkload({ operations: [operation([draw('orders', { kind: 'tenant' })])] }, (set) => ({
      ...set,
      tables: set.tables.map((table) => (table.name === 'orders' ? { ...table, rows } : table)),
    }));

  test('of a total: the operation is of another one who has some, by weight', () => {
    const workload = some({ kind: 'shared', total: 200, quantiles: [0, 0, 0, 9] });
    const { tenantOf } = loadedOf(workload, 'orders');
    const has = new Set(tenantOf);
    expect(has.size).toBeLessThan(workload.tenants.count);
    const found = arrivals(workload, (rows, tenant) => {
      const row = rows.row(0, 0, 0);
      expect(row).toBeGreaterThanOrEqual(0);
      const owner = tenantOf?.[row] ?? -1;
      expect(has.has(tenant) ? owner : tenant).toBe(tenant);
      return has.has(tenant) ? -1 : owner;
    }).filter((tenant) => tenant >= 0);
    expect(found.length).toBeGreaterThan(100);
    const owners = [...has];
    const counts = owners.map((owner) => found.filter((tenant) => tenant === owner).length);
    const weights = owners.map((owner) => workload.tenants.weights[owner] ?? 0);
    expect(chiSquareTest(counts, weights).p).toBeGreaterThan(0.001);
  });

  test('of a range: it finds nothing', () => {
    const workload = some({ kind: 'range', from: 0, to: 1 });
    const has = new Set(loadedOf(workload, 'orders').tenantOf);
    expect(has.size).toBeLessThan(workload.tenants.count);
    arrivals(workload, (rows, tenant) => {
      expect(rows.row(0, 0, 0) >= 0).toBe(has.has(tenant));
    });
  });
});
