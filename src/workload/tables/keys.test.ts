import { describe, expect, test } from 'vitest';
import { encodeCompositeKey } from '../../base/composite-keys.ts';
import { decodeKey, encodeKey, keyTypes } from '../../base/keys.ts';
import type { TableLayout } from '../../scenario/layout-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import type { TableColumn } from '../../scenario/table-types.ts';
import { columnText } from './column-text.ts';
import { knownTableKeys, rowsByKeyAndTable } from './known-table-keys.ts';
import { shopWorkload } from './shop-fixture.ts';
import { tableKey } from './table-key.ts';

const sharded = (
  table: string,
  keyColumns: readonly string[],
  bits?: TableLayout['bits'],
): TableLayout => ({
  table,
  placement: 'sharded',
  keyColumns,
  reason: 'key',
  ...(bits !== undefined && { bits }),
});

const extraColumns: readonly TableColumn[] = (
  [
    ['region', 'text', { kind: 'parent', table: 'users', column: 'region' }],
    ['friend', 'int8', { kind: 'pick', table: 'users', column: 'id' }],
    ['place', 'int4', { kind: 'sequence' }],
    ['bucket', 'int4', { kind: 'number', min: 0, max: 40, decimals: 0 }],
    ['signed', 'int4', { kind: 'number', min: -40, max: 40, decimals: 0 }],
    ['code', 'text', { kind: 'padded', length: 9 }],
    ['word', 'text', { kind: 'words', words: ['é', 'ß', '漢'], count: 2 }],
    ['day', 'date', { kind: 'date', fromDay: 19_000, toDay: 19_100 }],
    ['owner', 'int8', { kind: 'user', perTenant: 3 }],
    ['key', 'uuid', { kind: 'id', style: 'uuid7' }],
  ] as const
).map(([name, type, generator]) => ({ name, type, generator, default: null, nulls: 0 }));

const workload = shopWorkload({}, (set) => ({
  ...set,
  tables: set.tables.map((table) =>
    table.name === 'orders' ? { ...table, columns: [...table.columns, ...extraColumns] } : table,
  ),
}));

const countOf = (name: string): number => {
  const { set, loaded } = workload.tables ?? { set: { tables: [] }, loaded: [] };
  return loaded[set.tables.findIndex((table) => table.name === name)]?.count ?? 0;
};

describe.each<readonly [string, string]>([
  ['tenants', 'id'],
  ['users', 'tenant_id'],
  ['users', 'id'],
  ['users', 'region'],
  ['orders', 'tenant_id'],
  ['orders', 'user_id'],
  ['orders', 'id'],
  ...extraColumns.map(({ name }) => ['orders', name] as const),
  ['lines', 'tenant_id'],
  ['lines', 'order_id'],
  ['lines', 'number'],
  ['lines', 'product_id'],
  ['lines', 'quantity'],
])('%s.%s', (table, column) => {
  const key = tableKey(workload, sharded(table, [column]));
  const text = columnText(workload, table)(column);
  const type = keyTypes.find((each) => each === key.type) ?? 'text';

  test('the bytes are those of its text, and a number stands for them', () => {
    const out = new Uint8Array(key.maxBytes);
    const again = new Uint8Array(key.maxBytes);
    const numbers = new Map<string, number>();
    for (let row = 0; row < Math.min(300, countOf(table)); row += 1) {
      const length = key.write(row, out);
      const written = text(row) ?? '';
      expect(decodeKey(type, out, 0, length)).toBe(written);
      expect(out.slice(0, length)).toStrictEqual(encodeKey(type, written));
      const value = key.valueOf(row);
      expect(key.encode(value, again)).toBe(length);
      expect(again.slice(0, length)).toStrictEqual(out.slice(0, length));
      expect(numbers.get(written) ?? value).toBe(value);
      numbers.set(written, value);
      if (key.size !== null && value >= key.size) throw new Error(`${value} of ${key.size}`);
    }
    expect(new Set(numbers.values()).size).toBe(numbers.size);
  });
});

test('a key of two columns is their values in the encoding of composite keys', () => {
  const key = tableKey(workload, sharded('orders', ['region', 'user_id']));
  const [region, user] = ['region', 'user_id'].map((each) => columnText(workload, 'orders')(each));
  const out = new Uint8Array(key.maxBytes);
  for (let row = 0; row < 100; row += 1) {
    const length = key.write(row, out);
    const expected = encodeCompositeKey([
      { type: 'text', text: region?.(row) ?? null },
      { type: 'int8', text: user?.(row) ?? null },
    ]);
    expect(out.slice(0, length)).toStrictEqual(expected);
    expect(key.encode(key.valueOf(row), out)).toBe(expected.length);
    expect(out.slice(0, length)).toStrictEqual(expected);
  }
});

test.each([
  [12, 10],
  [22, 41],
  [0, 5],
  [0, 32],
  [30, 4],
  [31, 33],
  [40, 3],
])('bits %i and %i on of an id', (from, count) => {
  const key = tableKey(workload, sharded('orders', ['id'], { from, count }));
  const text = columnText(workload, 'orders')('id');
  const out = new Uint8Array(8);
  for (let row = 0; row < 200; row += 1) {
    const expected = BigInt.asUintN(count, BigInt(text(row) ?? '') >> BigInt(from));
    expect(key.write(row, out)).toBe(8);
    expect(decodeKey('int8', out, 0, 8)).toBe(String(expected));
    expect(key.valueOf(row)).toBe(Number(expected));
  }
});

describe('known keys', () => {
  const textsOf = (table: string, column: string): (string | null)[] => {
    const text = columnText(workload, table)(column);
    return Array.from({ length: countOf(table) }, (_, row) => text(row));
  };

  test('the tenant alone: all tenants, with their weights and the rows of all tables', () => {
    const { keys, tables } = rowsByKeyAndTable(workload, tenantLayout);
    expect(keys.count).toBe(60);
    expect(keys.bytes).toEqual(workload.tenants.keys.bytes);
    expect(keys.weights).toBe(workload.tenants.weights);
    expect(tables.map(({ table }) => table)).toEqual(['tenants', 'users', 'orders', 'lines']);
    for (const { table, rows } of tables) {
      const ids = textsOf(table, table === 'tenants' ? 'id' : 'tenant_id');
      expect(Array.from(rows)).toEqual(
        workload.tenants.ids.map((id) => ids.filter((each) => each === id).length),
      );
    }
    expect(Array.from(keys.rows)).toEqual(
      Array.from(keys.rows, (_, i) => tables.reduce((sum, { rows }) => sum + (rows[i] ?? 0), 0)),
    );
  });

  test.each([
    ['one column above both', [sharded('users', ['id']), sharded('orders', ['user_id'])]],
    [
      'columns of their own with the same values',
      [sharded('users', ['region']), sharded('orders', ['region']), sharded('tenants', ['name'])],
    ],
    ['numbers of other ranges', [sharded('lines', ['quantity']), sharded('orders', ['bucket'])]],
    ['ids and integers', [sharded('users', ['id']), sharded('orders', ['owner'])]],
    ['texts', [sharded('orders', ['word']), sharded('tenants', ['name'])]],
  ])('distinct values of all tables: %s', (_, tables) => {
    const layout = { ...tenantLayout, tables };
    const { keys, tables: counted } = rowsByKeyAndTable(workload, layout);
    const type = keyTypes.find((each) => each === keys.type) ?? 'text';
    const found = new Map(
      Array.from({ length: keys.count }, (__, i) => [
        decodeKey(type, keys.bytes, keys.offsets[i] ?? 0, keys.offsets[i + 1] ?? 0),
        i,
      ]),
    );
    expect(found.size).toBe(keys.count);
    expect(keys.values.length).toBe(keys.count);
    let total = 0;
    for (const [place, { table, keyColumns }] of tables.entries()) {
      const texts = textsOf(table, keyColumns[0] ?? '');
      total += texts.length;
      const expected = Array.from({ length: keys.count }, () => 0);
      for (const text of texts) {
        const at = found.get(text ?? '') ?? -1;
        expected[at] = (expected[at] ?? 0) + 1;
      }
      expect(Array.from(counted[place]?.rows ?? [])).toEqual(expected);
    }
    expect(keys.rows.reduce((sum, rows) => sum + rows, 0)).toBe(total);
    expect(keys.rows.every((rows) => rows > 0)).toBe(true);
    expect(keys.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  test('composite keys of two tables', () => {
    const layout = {
      ...tenantLayout,
      tables: [sharded('users', ['tenant_id', 'id']), sharded('orders', ['tenant_id', 'user_id'])],
    };
    const { keys, tables } = rowsByKeyAndTable(workload, layout);
    expect(keys.type).toBe('composite');
    expect(keys.count).toBe(countOf('users'));
    expect(tables[0]?.rows.every((rows) => rows === 1)).toBe(true);
    expect(tables[1]?.rows.reduce((sum, rows) => sum + rows, 0)).toBe(countOf('orders'));
  });

  test('the own key of one table is asked for by its name', () => {
    const own = { ...sharded('orders', ['id']), placement: 'own-key' as const };
    const layout = { ...tenantLayout, tables: [sharded('users', ['id']), own] };
    expect(knownTableKeys(workload, layout, { ownKeyOf: 'orders' }).count).toBe(countOf('orders'));
    expect(knownTableKeys(workload, layout).count).toBe(countOf('users'));
  });
});
