import { describe, expect, test } from 'vitest';
import type { TableColumn, TableGenerator, TableSet } from '../../scenario/table-types.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { columnText } from './column-text.ts';
import { shopWorkload } from './shop-fixture.ts';

const loadedOf = (workload: ReturnType<typeof shopWorkload>, name: string) => {
  const index = workload.tables?.set.tables.findIndex((table) => table.name === name) ?? -1;
  const loaded = workload.tables?.loaded[index];
  if (loaded === undefined) throw new Error(`no table ${name}`);
  return loaded;
};

function textsOf(workload: ReturnType<typeof shopWorkload>, table: string, column: string) {
  const text = columnText(workload, table)(column);
  return Array.from({ length: loadedOf(workload, table).count }, (_, row) => text(row));
}

/** The shop with one more column in `orders`, or in another table. */
function withColumn(generator: TableGenerator, more: Partial<TableColumn> = {}, table = 'orders') {
  const column = { name: 'extra', type: 'text', generator, default: null, nulls: 0, ...more };
  return shopWorkload({}, (set: TableSet) => ({
    ...set,
    tables: set.tables.map((each) =>
      each.name === table ? { ...each, columns: [...each.columns, column] } : each,
    ),
  }));
}

const extras = (...given: Parameters<typeof withColumn>) =>
  textsOf(withColumn(...given), given[2] ?? 'orders', 'extra');

describe('the shop', () => {
  const workload = shopWorkload();

  test('every foreign key finds its row', () => {
    for (const { name, foreign } of workload.tables?.set.tables ?? []) {
      for (const { columns, table, references } of foreign) {
        const [column = '', target = ''] = [columns[0], references[0]];
        const known = new Set(textsOf(workload, table, target));
        const values = textsOf(workload, name, column);
        expect(values.length).toBeGreaterThan(0);
        expect(values.filter((value) => !known.has(value))).toEqual([]);
      }
    }
  });

  test('a row and the row above it are of one tenant', () => {
    const orderTenants = textsOf(workload, 'orders', 'tenant_id');
    const orderIds = textsOf(workload, 'orders', 'id');
    const byId = new Map(orderIds.map((id, i) => [id, orderTenants[i]]));
    const lines = textsOf(workload, 'lines', 'order_id');
    const tenants = textsOf(workload, 'lines', 'tenant_id');
    expect(lines.map((id) => byId.get(id))).toEqual(tenants);
    const { tenantOf } = loadedOf(workload, 'lines');
    expect(tenants).toEqual(Array.from(tenantOf ?? [], (tenant) => workload.tenants.ids[tenant]));
  });

  test('primary keys are unique', () => {
    for (const { name, primary } of workload.tables?.set.tables ?? []) {
      const columns = primary.map((column) => textsOf(workload, name, column));
      const keys = (columns[0] ?? []).map((_, row) => columns.map((texts) => texts[row]).join('/'));
      expect(new Set(keys).size).toBe(loadedOf(workload, name).count);
    }
  });

  test('a sequence counts from 1 within its parent', () => {
    const orders = textsOf(workload, 'lines', 'order_id');
    const numbers = textsOf(workload, 'lines', 'number');
    const last = new Map<string | null, number>();
    for (const [row, order] of orders.entries()) {
      const next = (last.get(order) ?? 0) + 1;
      expect(numbers[row]).toBe(String(next));
      last.set(order, next);
    }
  });

  test('values do not depend on the order in which they are asked for', () => {
    const text = columnText(workload, 'lines')('tenant_id');
    const backwards = textsOf(workload, 'lines', 'tenant_id').map((_, i, all) =>
      text(all.length - 1 - i),
    );
    expect(backwards.toReversed()).toEqual(textsOf(workload, 'lines', 'tenant_id'));
  });

  test('another seed makes other values', () => {
    const other = shopWorkload({ seed: 8 });
    expect(textsOf(other, 'products', 'title')).not.toEqual(textsOf(workload, 'products', 'title'));
    expect(textsOf(shopWorkload(), 'lines', 'quantity')).toEqual(
      textsOf(workload, 'lines', 'quantity'),
    );
  });
});

test('a sequence of a tenant’s table counts from 1 within the tenant, in the order of rows', () => {
  const workload = shopWorkload({}, (set) => ({
    ...set,
    tables: set.tables.map((table) =>
      table.name === 'tenants'
        ? {
            ...table,
            rows: { kind: 'range', from: 0, to: 9 },
            columns: [
              ...table.columns,
              {
                name: 'n',
                type: 'int4',
                generator: { kind: 'sequence' },
                default: null,
                nulls: 0,
              },
            ],
          }
        : table,
    ),
  }));
  const seen = new Map<string | null, number>();
  const numbers = textsOf(workload, 'tenants', 'n');
  for (const [row, id] of textsOf(workload, 'tenants', 'id').entries()) {
    seen.set(id, (seen.get(id) ?? 0) + 1);
    expect(numbers[row]).toBe(String(seen.get(id)));
  }
});

test('choices come in proportion to their weights', () => {
  const weights = [0.5, 0.3, 0.15, 0.05];
  const values = ['a', 'b', 'c', 'd'];
  const found = extras({ kind: 'choice', values, weights, per: 'row' });
  const counts = values.map((value) => found.filter((text) => text === value).length);
  expect(found.length).toBeGreaterThan(500);
  expect(chiSquareTest(counts, weights).p).toBeGreaterThan(0.001);
});

test('a choice of the tenant is the same in all of its rows', () => {
  const weights = [0.5, 0.5];
  const workload = withColumn({ kind: 'choice', values: ['a', 'b'], weights, per: 'tenant' });
  const tenants = textsOf(workload, 'orders', 'tenant_id');
  const choices = textsOf(workload, 'orders', 'extra');
  const pairs = new Set(tenants.map((tenant, row) => `${tenant}/${choices[row]}`));
  expect(pairs.size).toBe(new Set(tenants).size);
  expect(new Set(choices)).toEqual(new Set(['a', 'b']));
});

/** Lines that pick a user besides, of another tenant in this share of the rows. */
const linesPickingUsers = (remote: number) =>
  shopWorkload({}, (set) => ({
    ...set,
    tables: set.tables.map((table) =>
      table.name === 'lines'
        ? {
            ...table,
            columns: [
              ...table.columns,
              ...['id', 'tenant_id'].map((column) => ({
                name: `user_${column}`,
                type: 'int8',
                generator: { kind: 'pick' as const, table: 'users', column, remote },
                default: null,
                nulls: 0,
              })),
            ],
          }
        : table,
    ),
  }));

test.each([0, 0.4, 1])('a picked row is of another tenant in %d of the rows', (remote) => {
  const workload = linesPickingUsers(remote);
  const tenantOfUser = new Map(
    textsOf(workload, 'users', 'id').map((id, i) => [
      id,
      textsOf(workload, 'users', 'tenant_id')[i],
    ]),
  );
  const [own, picked] = ['tenant_id', 'user_tenant_id'].map((c) => textsOf(workload, 'lines', c));
  // The same row for all columns.
  expect(textsOf(workload, 'lines', 'user_id').map((id) => tenantOfUser.get(id))).toEqual(picked);
  const others = (picked ?? []).filter((tenant, row) => tenant !== own?.[row]).length;
  const all = own?.length ?? 0;
  const sd = Math.sqrt(remote * (1 - remote) * all);
  expect(Math.abs(others - remote * all)).toBeLessThanOrEqual(4 * sd);
});

test('dates rise with the rows over the whole range', () => {
  const days = extras({ kind: 'date', fromDay: 19_723, toDay: 20_453 }, { type: 'date' });
  expect(days[0]).toBe('2024-01-01');
  const known = days.map((day) => Date.parse(day ?? ''));
  expect(known).toEqual(known.toSorted((a, b) => a - b));
  expect(days.at(-1)?.slice(0, 7)).toBe('2025-12');
});

test('times are those of the short form: a second a row', () => {
  const times = textsOf(shopWorkload(), 'orders', 'placed_at');
  expect(times.length).toBeGreaterThan(500);
  const first = Date.UTC(2026, 0, 1);
  expect(times).toEqual(times.map((_, row) => new Date(first + row * 1000).toISOString()));
});

test('a share of the values is null', () => {
  const values = extras({ kind: 'text', bytes: 5 }, { nulls: 0.25 });
  const nulls = values.filter((text) => text === null).length;
  expect(chiSquareTest([nulls, values.length - nulls], [0.25, 0.75]).p).toBeGreaterThan(0.001);
  expect(values.filter((text) => text !== null && !/^[\da-f]{5}$/.test(text))).toEqual([]);
});

test('padded numbers and words', () => {
  expect(extras({ kind: 'padded', length: 6 }).slice(0, 2)).toEqual(['000001', '000002']);
  for (const text of extras({ kind: 'words', words: ['BAR', 'OUGHT'], count: 3 })) {
    expect(text).toMatch(/^(BAR|OUGHT){3}$/);
  }
});

test.each([2, 9, 10, 40, 73, 100, 200, 5000])('JSON of %i bytes', (bytes) => {
  const workload = withColumn({ kind: 'json', bytes }, { type: 'jsonb' });
  const text = columnText(workload, 'orders')('extra');
  for (const row of [0, 1, 2]) {
    expect(JSON.parse(text(row) ?? '')).toBeTypeOf('object');
    expect(Math.abs((text(row) ?? '').length - Math.max(2, bytes))).toBeLessThan(9);
  }
  expect(text(0) === text(1)).toBe(bytes < 10);
});
