import { expect, test } from 'vitest';
import { columnValue } from './attributes.ts';
import { classify } from './classify.ts';
import { keyColumn } from './key-column.ts';
import { knownKeys } from './key-usage.ts';
import { operation, ordersWorkload, place, recent, statement } from './orders-fixture.ts';

const workload = ordersWorkload({ operations: [place, recent] });

test.each([
  [0, 3],
  [4, 26],
  [20, 33],
  [31, 1],
])('bits from %d on, %d of them, are those of the integer', (from, count) => {
  const name = `order_id[${from}:${count}]`;
  const key = keyColumn(workload, name);
  expect(key.type).toBe('int8');
  const id = columnValue(workload, 'order_id');
  const out = new Uint8Array(key.maxBytes);
  const seen = new Set<bigint>();
  for (const [row, tenant] of workload.rows.tenantOf.subarray(0, 300).entries()) {
    const expected = BigInt.asUintN(count, BigInt(id(tenant, row)) >> BigInt(from));
    expect(key.write(tenant, row, out)).toBe(8);
    expect(Buffer.from(out).readBigInt64LE()).toBe(expected);
    expect(BigInt(key.valueOf(tenant, row))).toBe(expected);
    seen.add(expected);
  }
  expect(knownKeys(workload, name).count).toBeGreaterThanOrEqual(seen.size);
});

test('a value and a list bind it, a range does not', () => {
  const fates = (['value', 'list', 'range'] as const).map((by) => {
    const binds = [by === 'value' ? 'order_id' : `order_id ${by} 5`];
    return classify(operation(by, 'read', statement(binds)), 'order_id[12:10]');
  });
  expect(fates).toEqual(['single-shard', 'multi-shard', 'scatter-gather']);
});
