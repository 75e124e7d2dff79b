import { describe, expect, test } from 'vitest';
import { encodeCompositeKey } from '../base/composite-keys.ts';
import type { PackedKeys } from '../base/keys.ts';
import { planArrivals } from './arrival-plan.ts';
import { visitArrivals } from './arrivals.ts';
import { columnValue } from './attributes.ts';
import { canCrossShards, classify, keyBinding } from './classify.ts';
import { keyColumn } from './key-column.ts';
import { knownKeys, writesByKey } from './key-usage.ts';
import { change, operation, ordersWorkload, place, recent, statement } from './orders-fixture.ts';
import { measurePhase } from './phases.ts';

const workload = ordersWorkload({ operations: [place, recent] });
const types = {
  tenant_id: 'text',
  user_id: 'int8',
  order_id: 'int8',
  region: 'text',
  status: 'text',
} as const;
type Name = keyof typeof types;

/** The canonical key of a row from the texts that Postgres is sent. */
function encoded(names: readonly Name[], tenant: number, row: number): string {
  const parts = names.map((name) => ({
    type: types[name],
    text: columnValue(workload, name)(tenant, row),
  }));
  return Buffer.from(encodeCompositeKey(parts)).toString('hex');
}

const hexOf = (keys: PackedKeys): string[] =>
  Array.from({ length: keys.count }, (_, i) =>
    Buffer.from(keys.bytes.subarray(keys.offsets[i], keys.offsets[i + 1])).toString('hex'),
  );

function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const keys: readonly [string, readonly Name[]][] = [
  ['tenant_id+user_id', ['tenant_id', 'user_id']],
  ['user_id+tenant_id', ['user_id', 'tenant_id']],
  ['region+status', ['region', 'status']],
  ['tenant_id+order_id', ['tenant_id', 'order_id']],
  ['status+region+user_id', ['status', 'region', 'user_id']],
];

describe.each(keys)('key %s', (name, columns) => {
  const key = keyColumn(workload, name);

  test('is the encoding of its columns in a row', () => {
    const out = new Uint8Array(key.maxBytes);
    const again = new Uint8Array(key.maxBytes);
    for (const [row, tenant] of workload.rows.tenantOf.subarray(0, 300).entries()) {
      const length = key.write(tenant, row, out);
      expect(Buffer.from(out.subarray(0, length)).toString('hex')).toBe(
        encoded(columns, tenant, row),
      );
      const size = key.encode(key.valueOf(tenant, row), again);
      expect(again.subarray(0, size)).toEqual(out.subarray(0, length));
    }
  });

  test('known keys are the distinct values of the loaded rows, with their rows', () => {
    const expected = counted(
      Array.from(workload.rows.tenantOf, (tenant, row) => encoded(columns, tenant, row)),
    );
    const known = knownKeys(workload, name);
    expect(known.type).toBe('composite');
    expect(new Map(hexOf(known).map((hex, i) => [hex, known.rows[i]]))).toEqual(expected);
    expect(known.weights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

test('writes are counted by the whole key', () => {
  const plan = planArrivals(workload);
  const names = ['tenant_id', 'user_id'] as const;
  const written: string[] = [];
  visitArrivals(
    workload,
    measurePhase(workload, plan.measure.firstNewRow),
    (_, tenant, index, row) => {
      if (workload.operations[index] === place) written.push(encoded(names, tenant, row));
    },
  );
  const writes = writesByKey(workload, plan, 'tenant_id+user_id');
  const entries = hexOf(writes.keys).map((hex, i): [string, number] => [
    hex,
    writes.counts[i] ?? 0,
  ]);
  expect(new Map(entries)).toEqual(counted(written));
  expect(writes).toMatchObject({ everywhere: 0, exact: true });
});

describe('an operation and a key of several columns', () => {
  const key = 'tenant_id+order_id';

  test('one shard where all columns are bound by value, all shards otherwise', () => {
    expect(classify(place, key)).toBe('single-shard');
    expect(classify(change, key)).toBe('single-shard');
    expect(classify(recent, key)).toBe('scatter-gather');
    expect(classify(change, 'tenant_id+user_id')).toBe('scatter-gather');
    expect(canCrossShards(change, 'tenant_id+user_id')).toBe(true);
    const listed = operation('listed', 'read', statement(['tenant_id', 'order_id list 3']));
    expect(classify(listed, key)).toBe('scatter-gather');
  });

  test('the columns are of one row, the own or the second one', () => {
    const second = statement(['other.tenant_id', 'other.order_id']);
    expect(keyBinding(second, key)).toEqual({ column: key, by: 'value', count: 1, other: true });
    expect(keyBinding(statement(['tenant_id', 'other.order_id']), key)).toBeNull();
    const own = statement(['tenant_id', 'order_id']);
    expect(keyBinding(own, key)?.other).toBe(false);
    expect(classify(operation('transfer', 'write', own, second), key)).toBe('multi-shard');
  });
});
