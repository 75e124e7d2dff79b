import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RowCount, Table, TableSet } from '../../scenario/table-types.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { buildTenants } from '../tenants.ts';
import type { LoadedTable } from '../types.ts';
import { zipfWeights } from '../zipf.ts';
import { expectedTableRows } from './row-counts.ts';
import { buildTableRows } from './table-rows.ts';

const tenants = buildTenants(
  { distribution: 'zipf', exponent: 1, count: 50, idType: 'int8' },
  7,
  null,
);

function table(name: string, per: string | null, rows: RowCount): Table {
  return {
    name,
    per:
      per === null ? null : per === 'tenant' ? { kind: 'tenant' } : { kind: 'table', table: per },
    rows,
    columns: [],
    primary: [],
    unique: [],
    foreign: [],
    indexes: [],
    rowBytes: null,
  };
}

const rowCount: fc.Arbitrary<RowCount> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), count: fc.integer({ min: 0, max: 4 }) }),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 }))
    .map(([from, more]) => ({ kind: 'range' as const, from, to: from + more })),
  fc.record({
    kind: fc.constant('skewed' as const),
    mean: fc.double({ min: 1, max: 6, noNaN: true }),
    by: fc.constantFrom(
      { distribution: 'zipf' as const, exponent: 0.9 },
      { distribution: 'pareto' as const, shape: 1.5 },
      { distribution: 'lognormal' as const, sigma: 1 },
    ),
  }),
  fc.record({
    kind: fc.constant('shared' as const),
    total: fc.integer({ min: 1, max: 400 }),
    quantiles: fc.constantFrom(null, [0, 1], [0, 0, 3, 100], [2, 2]),
  }),
);

/** A chain of three tables below tenants or below nothing. */
const chain = fc.tuple(fc.constantFrom('tenant', null), rowCount, rowCount, rowCount).map(
  ([per, a, b, c]): TableSet => ({
    tables: [table('a', per, a), table('b', 'a', b), table('c', 'b', c)],
    keys: [],
    views: [],
  }),
);

function rowsBelow({ starts, order }: LoadedTable, owner: number): number[] {
  const first = starts?.[owner] ?? 0;
  const end = starts?.[owner + 1] ?? 0;
  return Array.from({ length: end - first }, (_, i) => order?.[first + i] ?? first + i);
}

describe('any chain of tables', () => {
  test('each row is below its owner once, and has the tenant of all above it', () => {
    fc.assert(
      fc.property(chain, fc.integer({ min: 0, max: 1e6 }), (set, seed) => {
        const loaded = buildTableRows(set, tenants, seed);
        for (const [i, rows] of loaded.entries()) {
          const above = i === 0 ? null : loaded[i - 1];
          expect(rows.tenantOf?.length ?? rows.count).toBe(rows.count);
          if (rows.starts === null) continue;
          const owners = rows.starts.length - 1;
          const found = Array.from({ length: owners }, (_, owner) => rowsBelow(rows, owner));
          expect(found.flat().toSorted((a, b) => a - b)).toEqual(
            Array.from({ length: rows.count }, (_, row) => row),
          );
          for (const [owner, own] of found.entries()) {
            expect(own).toEqual(own.toSorted((a, b) => a - b));
            for (const row of own) {
              expect((rows.parentOf ?? rows.tenantOf)?.[row]).toBe(owner);
              const tenantOfOwner = above ? above.tenantOf?.[owner] : owner;
              expect(rows.tenantOf?.[row]).toBe(tenantOfOwner);
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('the seed and the name decide, whatever other tables there are', () => {
    fc.assert(
      fc.property(chain, rowCount, (set, other) => {
        const alone = buildTableRows(set, tenants, 5);
        const tables = [table('other', 'tenant', other), ...set.tables];
        expect(buildTableRows({ ...set, tables }, tenants, 5).slice(1)).toEqual(alone);
      }),
      { numRuns: 30 },
    );
  });
});

const one = (rows: RowCount, per: string | null = 'tenant'): LoadedTable => {
  const [made] = buildTableRows(
    { tables: [table('a', per, rows)], keys: [], views: [] },
    tenants,
    7,
  );
  if (made === undefined) throw new Error('no table');
  return made;
};

const sizes = ({ starts }: LoadedTable): number[] =>
  Array.from(starts?.subarray(1) ?? [], (end, i) => end - (starts?.[i] ?? 0));

test('a range has all of its numbers equally often', () => {
  const set: TableSet = {
    tables: [
      table('a', 'tenant', { kind: 'fixed', count: 400 }),
      table('b', 'a', { kind: 'range', from: 5, to: 15 }),
    ],
    keys: [],
    views: [],
  };
  const [, b] = buildTableRows(set, tenants, 7);
  const counts = Array.from({ length: 11 }, () => 0);
  for (const size of b === undefined ? [] : sizes(b)) {
    counts[size - 5] = (counts[size - 5] ?? 0) + 1;
  }
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20_000);
  const { p } = chiSquareTest(
    counts,
    counts.map(() => 1 / 11),
  );
  expect(p).toBeGreaterThan(0.001);
});

test('zipf sizes are those of the law, in an order that is not the tenants’', () => {
  const rows = one({
    kind: 'skewed',
    mean: 200,
    by: { distribution: 'zipf', exponent: 0.9 },
  });
  expect(rows.count).toBe(10_000);
  const found = sizes(rows);
  const descending = found.toSorted((a, b) => b - a);
  expect(found).not.toEqual(descending);
  for (const [i, share] of zipfWeights(50, 0.9).entries()) {
    expect(Math.abs((descending[i] ?? 0) - share * 10_000)).toBeLessThanOrEqual(1);
  }
});

test('rows by the tenants’ bytes follow them', () => {
  const rows = one({ kind: 'byTenantBytes', total: 9000 });
  expect(rows.count).toBe(9000);
  for (const [tenant, size] of sizes(rows).entries()) {
    expect(Math.abs(size - 9000 * (tenants.bytes[tenant] ?? 0))).toBeLessThanOrEqual(1);
  }
});

test('a table of no tenant has one number of rows', () => {
  expect(one({ kind: 'fixed', count: 12 }, null)).toEqual({
    count: 12,
    tenantOf: null,
    parentOf: null,
    starts: null,
    order: null,
  });
});

test('expected rows are about those that come', () => {
  const set: TableSet = {
    tables: [
      table('a', 'tenant', { kind: 'range', from: 10, to: 30 }),
      table('b', 'a', { kind: 'skewed', mean: 3, by: { distribution: 'lognormal', sigma: 1 } }),
      table('c', 'b', { kind: 'fixed', count: 2 }),
      table('d', null, { kind: 'fixed', count: 9 }),
    ],
    keys: [],
    views: [],
  };
  const loaded = buildTableRows(set, tenants, 7);
  for (const [i, expected] of expectedTableRows(set, tenants.count).entries()) {
    expect((loaded[i]?.count ?? 0) / expected).toBeCloseTo(1, 1);
  }
});

test('more rows than can be numbered are the user’s mistake', () => {
  const fixed = { kind: 'fixed', count: 2 ** 31 } as const;
  const set: TableSet = {
    tables: [table('huge', null, { ...fixed, count: 2 ** 33 })],
    keys: [],
    views: [],
  };
  expect(() => buildTableRows(set, tenants, 7)).toThrow('table huge would have 8589934592 rows');
});

describe('rows in all', () => {
  const loaded = (rows: RowCount, seed = 1) =>
    buildTableRows(
      { tables: [table('a', 'tenant', fixed(3)), table('b', 'a', rows)], keys: [], views: [] },
      tenants,
      seed,
    )[1];
  const fixed = (count: number): RowCount => ({ kind: 'fixed', count });
  const shared = (total: number, quantiles: readonly number[] | null): RowCount => {
    return { kind: 'shared', total, quantiles };
  };

  test('are exactly so many, whatever the table of quantiles', () => {
    const quantiles = fc
      .array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 2, maxLength: 30 })
      .map((values) => [...values, 1e9].toSorted((a, b) => a - b));
    const total = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(total, fc.option(quantiles), (count, list) => {
        expect(loaded(shared(count, list))?.count).toBe(count);
      }),
    );
  });

  test('are what the quantiles say where these are of so many', () => {
    // Of 150 parents the middle third has up to 2, the upper one up to 10.
    const starts = loaded(shared(750, [0, 0, 2, 10]))?.starts ?? new Uint32Array(0);
    const counts = Array.from({ length: 150 }, (_, i) => (starts[i + 1] ?? 0) - (starts[i] ?? 0));
    const sorted = counts.toSorted((a, b) => a - b);
    expect(sorted.slice(0, 50).every((count) => count === 0)).toBe(true);
    // The straight lines have 150 (0 / 3 + 1 / 3 + 6 / 3) = 350 rows: 750 are 15 / 7 times as many.
    expect(sorted[99]).toBeCloseTo((2 * 15) / 7, -1);
    expect(Math.abs((sorted[149] ?? 0) - (10 * 15) / 7)).toBeLessThan(2);
    expect(counts).not.toEqual(sorted);
  });

  test('those with most are given by themselves, the others share the rest', () => {
    const rows: RowCount = { kind: 'shared', total: 500, top: [200, 90, 15], quantiles: null };
    const starts = loaded(rows)?.starts ?? new Uint32Array(0);
    const counts = Array.from({ length: 150 }, (_, i) => (starts[i + 1] ?? 0) - (starts[i] ?? 0));
    const sorted = counts.toSorted((a, b) => b - a);
    expect(sorted.slice(0, 3)).toEqual([200, 90, 15]);
    expect(new Set(sorted.slice(3))).toEqual(new Set([1, 2]));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
  });

  test('without quantiles no parent has two more than another', () => {
    const starts = loaded(shared(200, null))?.starts ?? new Uint32Array(0);
    const counts = Array.from({ length: 150 }, (_, i) => (starts[i + 1] ?? 0) - (starts[i] ?? 0));
    expect(new Set(counts)).toEqual(new Set([1, 2]));
  });

  test('by quantiles the tenants with most bytes have most', () => {
    const set = { tables: [table('a', 'tenant', shared(100, [0, 0, 4]))], keys: [], views: [] };
    const [own] = buildTableRows(set, tenants, 3);
    const counts = Array.from(
      { length: 50 },
      (_, i) => (own?.starts?.[i + 1] ?? 0) - (own?.starts?.[i] ?? 0),
    );
    // The largest tenant is the first.
    expect(counts.slice(0, 5).every((count) => count >= 6)).toBe(true);
    expect(counts.slice(30).every((count) => count === 0)).toBe(true);
    const rows: RowCount = { kind: 'fixed', count: 1 };
    const tables = [table('p', 'tenant', rows), table('a', 'p', shared(100, [0, 0, 4]))];
    const [parent, below] = buildTableRows({ tables, keys: [], views: [] }, tenants, 3);
    const byTenant = new Uint32Array(50);
    for (const owner of below?.parentOf ?? []) {
      const tenant = parent?.tenantOf?.[owner] ?? 0;
      byTenant[tenant] = (byTenant[tenant] ?? 0) + 1;
    }
    expect([...byTenant]).toEqual(counts);
  });
});
