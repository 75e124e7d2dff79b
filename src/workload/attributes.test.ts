import { describe, expect, test } from 'vitest';
import { decodeKey } from '../base/keys.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { columnValue } from './attributes.ts';
import { keyColumn } from './key-column.ts';
import { ordersWorkload } from './orders-fixture.ts';

const workload = ordersWorkload();
const { rows } = workload;

/** The values of a column in all loaded rows. */
function loaded(column: string, from = workload): string[] {
  const value = columnValue(from, column);
  return Array.from(from.rows.tenantOf, (tenant, row) => value(tenant, row));
}

function evenness(values: readonly string[], bins: readonly string[]): number {
  const counts = bins.map((bin) => values.filter((value) => value === bin).length);
  expect(counts.reduce((total, count) => total + count, 0)).toBe(values.length);
  return chiSquareTest(
    counts,
    bins.map(() => 1),
  ).p;
}

describe('column values', () => {
  test('tenant: the id of the row', () => {
    expect(columnValue(workload, 'tenant_id')(41, 3)).toBe('tenant-00042');
  });

  test('user: one of so many users of the tenant, all equally likely', () => {
    const value = columnValue(workload, 'user_id');
    const users = Array.from({ length: 4000 }, (_, row) => value(7, row));
    const all = Array.from({ length: 20 }, (_, i) => String(7 * 20 + 1 + i));
    expect(evenness(users, all)).toBeGreaterThan(1e-4);
  });

  test('id and timestamp rise with the row, for loaded and new rows alike', () => {
    const id = columnValue(workload, 'order_id');
    expect([id(0, 0), id(5, 1), id(5, 123_456)]).toEqual([
      '1000000000',
      '1000000001',
      '1000123456',
    ]);
    const time = columnValue(workload, 'created_at');
    expect(time(0, 0)).toBe('2026-01-01T00:00:00.000Z');
    expect(time(9, 86_400 + 61)).toBe('2026-01-02T00:01:01.000Z');
  });

  test('choice by tenant is one value for all its rows, by row it varies evenly', () => {
    const region = columnValue(workload, 'region');
    const regions = Array.from({ length: 3000 }, (_, tenant) => region(tenant, tenant % 17));
    expect(evenness(regions, ['eu', 'us', 'ap'])).toBeGreaterThan(1e-4);
    expect(new Set(Array.from({ length: 50 }, (_, row) => region(3, row))).size).toBe(1);
    const status = loaded('status');
    const paid = status.filter((value) => value === 'paid').length;
    expect(chiSquareTest([paid, status.length - paid], [1, 2]).p).toBeGreaterThan(1e-4);
  });

  test('number: all of 1.0, 1.1, 1.2, 1.3 and no others, evenly', () => {
    expect(evenness(loaded('total'), ['1.0', '1.1', '1.2', '1.3'])).toBeGreaterThan(1e-4);
  });

  test('text: hexadecimal of the length, different in each row, digits even', () => {
    const values = loaded('payload');
    expect(values.every((value) => /^[\da-f]{37}$/.test(value))).toBe(true);
    expect(new Set(values).size).toBe(rows.count);
    expect(evenness(values.join('').split(''), '0123456789abcdef'.split(''))).toBeGreaterThan(1e-4);
  });

  test('follow from the seed and the column, not from order or other columns', () => {
    expect(loaded('payload', ordersWorkload())).toEqual(loaded('payload'));
    expect(loaded('payload', ordersWorkload({ seed: 8 }))[0]).not.toBe(loaded('payload')[0]);
    const reversed = { ...workload, columns: workload.columns.toReversed() };
    expect(loaded('user_id', reversed)).toEqual(loaded('user_id'));
  });

  test('an unknown column is a bug', () => {
    expect(() => columnValue(workload, 'nowhere')).toThrow('column nowhere');
  });
});

describe('key columns', () => {
  test.each([
    ['tenant_id', 'text'],
    ['user_id', 'int8'],
    ['order_id', 'int8'],
    ['region', 'text'],
    ['status', 'text'],
  ] as const)('%s: the bytes are those of the text value, as %s', (name, type) => {
    const key = keyColumn(workload, name);
    const out = new Uint8Array(key.maxBytes);
    const texts = Array.from(rows.tenantOf, (tenant, row) => {
      return decodeKey(type, out, 0, key.write(tenant, row, out));
    });
    expect(key.type).toBe(type);
    expect(texts).toEqual(loaded(name));
  });

  test('values agree just when texts do, though a choice is listed twice', () => {
    for (const name of ['tenant_id', 'user_id', 'region', 'status']) {
      const key = keyColumn(workload, name);
      const texts = loaded(name);
      const byValue = new Map<number, string>();
      rows.tenantOf.forEach((tenant, row) => {
        byValue.set(key.valueOf(tenant, row), texts[row] ?? '');
      });
      expect(byValue.size).toBe(new Set(texts).size);
      expect(new Set(byValue.values()).size).toBe(byValue.size);
    }
  });

  test('integers above 32 bits keep their high word', () => {
    const key = keyColumn(workload, 'order_id');
    const out = new Uint8Array(8);
    key.write(0, 2 ** 32 - 1, out);
    expect(decodeKey('int8', out, 0, 8)).toBe(String(1_000_000_000 + 2 ** 32 - 1));
  });

  test('a column of another kind is no key', () => {
    expect(() => keyColumn(workload, 'payload')).toThrow('payload (text) is no key');
  });
});
