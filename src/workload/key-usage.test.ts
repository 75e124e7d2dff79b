import { describe, expect, test } from 'vitest';
import { decodeKey, type KeyType, type PackedKeys } from '../base/keys.ts';
import { planArrivals } from './arrival-plan.ts';
import { visitArrivals } from './arrivals.ts';
import { columnValue } from './attributes.ts';
import { knownKeys, writesByKey } from './key-usage.ts';
import { change, operation, ordersWorkload, place, recent, statement } from './orders-fixture.ts';
import type { Workload } from './types.ts';
import { measurePhase } from './phases.ts';

function texts(keys: PackedKeys): string[] {
  return Array.from({ length: keys.count }, (_, i) =>
    decodeKey(keys.type as KeyType, keys.bytes, keys.offsets[i] ?? 0, keys.offsets[i + 1] ?? 0),
  );
}

function counted(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Writes by the text of a column, from a replay of its own. */
function replayed(workload: Workload, column: string): Record<string, number> {
  const value = columnValue(workload, column);
  const written: string[] = [];
  const { firstNewRow } = planArrivals(workload).measure;
  visitArrivals(workload, measurePhase(workload, firstNewRow), (_, tenant, index, row) => {
    if (workload.operations[index]?.kind === 'write') written.push(value(tenant, row));
  });
  return counted(written);
}

const usage = (workload: Workload, column: string) =>
  writesByKey(workload, planArrivals(workload), column);

describe('writes by key', () => {
  test.each(['tenant_id', 'order_id'])('%s: as a replay counts them', (column) => {
    const workload = ordersWorkload();
    const { keys, counts, everywhere, exact } = usage(workload, column);
    const entries = texts(keys).map((text, i) => [text, counts[i]]);
    expect(Object.fromEntries(entries)).toEqual(replayed(workload, column));
    expect(keys.count).toBeGreaterThan(50);
    expect({ everywhere, exact }).toEqual({ everywhere: 0, exact: true });
  });

  test('a write that does not bind the key is one on every shard', () => {
    const workload = ordersWorkload();
    const { counts, everywhere } = usage(workload, 'user_id');
    const { byOperation } = planArrivals(workload);
    expect(everywhere).toBe(byOperation[1]);
    expect(counts.reduce((total, count) => total + count, 0)).toBe(byOperation[0]);
  });

  test('reads do not count', () => {
    const { counts, everywhere } = usage(ordersWorkload({ operations: [recent] }), 'tenant_id');
    expect(counts).toHaveLength(0);
    expect(everywhere).toBe(0);
  });

  test('a transfer writes two keys, a list of one tenant one, a range its rows', () => {
    const total = (workload: Workload, column: string) =>
      usage(workload, column).counts.reduce((sum, count) => sum + count, 0);
    const transfer = operation(
      'transfer',
      'write',
      statement(['tenant_id']),
      statement(['other.tenant_id']),
    );
    const workload = ordersWorkload({ operations: [transfer] });
    const { arrivals } = planArrivals(workload).measure;
    expect(total(workload, 'tenant_id')).toBe(2 * arrivals);
    expect(usage(workload, 'tenant_id').exact).toBe(false);

    const list = operation('list', 'write', statement(['tenant_id list 3']));
    expect(total(ordersWorkload({ operations: [list] }), 'tenant_id')).toBe(arrivals);
    const range = operation('range', 'write', statement(['order_id range 4']));
    const ranges = total(ordersWorkload({ operations: [range] }), 'order_id');
    // A range at the end of the loaded rows is shorter, by 3 at most and seldom.
    expect(ranges).toBeLessThanOrEqual(4 * arrivals);
    expect(ranges).toBeGreaterThan(3.9 * arrivals);
  });
});

describe('known keys', () => {
  const workload = ordersWorkload({ operations: [place, change] });
  const { rows, tenants } = workload;

  test('tenants: their keys, rows and weights', () => {
    const keys = knownKeys(workload, 'tenant_id');
    expect(texts(keys)).toEqual(tenants.ids);
    expect(keys.rows.reduce((total, own) => total + own, 0)).toBe(rows.count);
    expect(keys.rows[0]).toBe(rows.starts[1]);
    expect(keys.weights).toBe(tenants.weights);
  });

  test.each(['order_id', 'user_id', 'region'])('%s: its distinct loaded values', (column) => {
    const value = columnValue(workload, column);
    const loaded = counted(Array.from(rows.tenantOf, (tenant, row) => value(tenant, row)));
    const keys = knownKeys(workload, column);
    const entries = texts(keys).map((text, i) => [text, keys.rows[i]]);
    expect(Object.fromEntries(entries)).toEqual(loaded);
    expect(keys.weights.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
  });
});
