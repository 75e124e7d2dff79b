import { describe, expect, test } from 'vitest';
import { chiSquareTest } from '../testing/chi-square.ts';
import { ordersWorkload } from './orders-fixture.ts';
import { createReferences } from './references.ts';

const workload = ordersWorkload();
const { rows, tenants } = workload;
const references = createReferences(workload);

describe('references', () => {
  test('the second row is a loaded one of another tenant', () => {
    for (let row = 0; row < rows.count; row += 1) {
      references.pickOther(row);
      expect(references.otherTenant).not.toBe(rows.tenantOf[row]);
      expect(rows.tenantOf[references.otherRow]).toBe(references.otherTenant);
    }
  });

  test('for new rows it follows the weights (chi-square), and from the row alone', () => {
    const counts = new Uint32Array(tenants.count);
    const again = createReferences(workload);
    for (let row = rows.count; row < rows.count + 20_000; row += 1) {
      references.pickOther(row);
      const { otherTenant } = references;
      counts[otherTenant] = (counts[otherTenant] ?? 0) + 1;
      again.pickOther(row);
      expect(again.otherRow).toBe(references.otherRow);
    }
    expect(chiSquareTest(counts, tenants.weights).p).toBeGreaterThan(1e-4);
  });

  test('with one tenant, or one that has nearly everything, it still ends', () => {
    const one = { distribution: 'uniform', count: 1, idType: 'text' } as const;
    const alone = createReferences(ordersWorkload({ tenants: one }));
    alone.pickOther(0);
    expect(alone.otherTenant).toBe(0);
    const hot = { distribution: 'hotspot', hot: 1, hotFraction: 0.9999, count: 3 } as const;
    const giant = ordersWorkload({ tenants: { ...hot, idType: 'text' } });
    const picks = createReferences(giant);
    giant.rows.tenantOf.forEach((tenant, row) => {
      picks.pickOther(row);
      expect(picks.otherTenant).not.toBe(tenant);
    });
  });

  test('a list goes through rows of the tenant, each once as far as they reach', () => {
    const own = rows.order.subarray(rows.starts[3], rows.starts[4]);
    const list = Array.from(own, (_, i) => references.listRow(3, 17, i));
    expect(list.toSorted((a, b) => a - b)).toEqual([...own]);
    expect(references.listRow(3, 17, own.length)).toBe(list[0]);
    const firsts = new Set(Array.from({ length: 50 }, (_, row) => references.listRow(3, row, 0)));
    expect(firsts.size).toBeGreaterThan(5);
  });

  test('a range ends with the loaded rows, or with its own new row', () => {
    expect(references.rangeEnd(10, 5)).toBe(14);
    expect(references.rangeEnd(10, 1)).toBe(10);
    expect(references.rangeEnd(rows.count - 2, 5)).toBe(rows.count - 1);
    expect(references.rangeEnd(rows.count + 7, 5)).toBe(rows.count + 7);
  });
});
