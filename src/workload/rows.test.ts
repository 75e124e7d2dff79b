import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareTest } from '../testing/chi-square.ts';
import { normalised } from './normalised.ts';
import { zipfWeights } from './zipf.ts';
import { apportion, buildRows } from './rows.ts';

describe('apportion', () => {
  test('gives exactly the seats, at least one each, and within one of the quota above one', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(shares, fc.integer({ min: 0, max: 5000 }), (sizes, more) => {
        const weights = normalised(Float64Array.from(sizes, (size) => size + 1e-9));
        const seats = weights.length + more;
        const result = apportion(weights, seats);
        expect(result.reduce((total, rows) => total + rows, 0)).toBe(seats);
        expect(Math.min(...result)).toBeGreaterThanOrEqual(1);
        // No tenant has fewer rows than a smaller one, and none more than its quota rounded up.
        result.forEach((rows, i) => {
          expect(rows).toBeLessThanOrEqual(Math.ceil((weights[i] ?? 0) * seats + 1e-6) + 1);
          const smaller = result.filter((_, j) => (weights[j] ?? 0) < (weights[i] ?? 0));
          expect(rows).toBeGreaterThanOrEqual(Math.max(0, ...smaller));
        });
      }),
      { numRuns: 50 },
    );
  });

  test('the largest remainders get the seats left over', () => {
    // Quotas 4.2, 3.5, 2.3 of 10: one seat is left and 3.5 has the largest remainder.
    expect([...apportion(Float64Array.of(0.42, 0.35, 0.23), 10)]).toEqual([4, 4, 2]);
  });

  test('a tenant without bytes still has one row, at the expense of the others', () => {
    expect([...apportion(Float64Array.of(0.75, 0.25, 0), 9)]).toEqual([6, 2, 1]);
  });
});

describe('rows', () => {
  const bytes = zipfWeights(50, 1);
  const rows = buildRows(bytes, { totalBytes: 1_000_000, rowBytes: 100 }, 5);

  test('total / rowBytes, but never fewer than tenants', () => {
    expect(rows.count).toBe(10_000);
    expect(buildRows(bytes, { totalBytes: 100, rowBytes: 100 }, 5).count).toBe(50);
  });

  test('tenantOf and the rows of each tenant say the same', () => {
    for (let tenant = 0; tenant < 50; tenant += 1) {
      const own = rows.order.subarray(rows.starts[tenant], rows.starts[tenant + 1]);
      expect(own.length).toBeGreaterThan(0);
      expect(own.every((row, i) => row > (own[i - 1] ?? -1))).toBe(true);
      expect(own.every((row) => rows.tenantOf[row] === tenant)).toBe(true);
    }
    expect(rows.starts[50]).toBe(rows.count);
    expect(new Set(rows.order).size).toBe(rows.count);
  });

  test("a tenant's rows are spread over the whole time (chi-square over ten parts)", () => {
    const parts = new Uint32Array(10);
    for (const row of rows.order.subarray(rows.starts[0], rows.starts[1])) {
      const part = Math.floor(row / 1000);
      parts[part] = (parts[part] ?? 0) + 1;
    }
    expect(chiSquareTest(parts, new Float64Array(10).fill(1)).p).toBeGreaterThan(1e-4);
  });

  test('the seed decides the order and nothing else', () => {
    const volume = { totalBytes: 1_000_000, rowBytes: 100 };
    expect(buildRows(bytes, volume, 5).tenantOf).toEqual(rows.tenantOf);
    const others = buildRows(bytes, volume, 6);
    expect(others.tenantOf).not.toEqual(rows.tenantOf);
    expect(others.starts).toEqual(rows.starts);
  });
});

describe('more rows than are drawn', () => {
  const shares = normalised(zipfWeights(50, 0.8));
  const data = { totalBytes: 3 * 2 ** 40, rowBytes: 512 };

  test('each stands for several, and tenants have the same shares of them', () => {
    const rows = buildRows(shares, data, 7, 100_000);
    expect(rows.count).toBe(100_000);
    expect(rows.count * rows.standsFor).toBe(3 * 2 ** 31);
    for (const [tenant, share] of shares.entries()) {
      const own = (rows.starts[tenant + 1] ?? 0) - (rows.starts[tenant] ?? 0);
      expect(Math.abs(own / rows.count - share)).toBeLessThan(1e-4);
    }
  });

  test('never fewer than one a tenant; data that fits is drawn whole', () => {
    expect(buildRows(shares, data, 7, 10)).toMatchObject({ count: 50 });
    const small = { totalBytes: 2 ** 20, rowBytes: 512 };
    expect(buildRows(shares, small, 7, 2048)).toStrictEqual(buildRows(shares, small, 7));
    expect(buildRows(shares, small, 7).standsFor).toBe(1);
  });
});
