import { expect, test } from 'vitest';
import { withCountedRows } from './counted-rows.ts';
import type { KeyValues, TableEvidence } from './evidence.ts';
import { schemaEvidenceOf, shippedTables } from './shipped-evidence-fixture.ts';

const values = (table: string, basis: KeyValues['basis'], rows: number): KeyValues => {
  return {
    key: 'tenant',
    table,
    basis,
    rows,
    looked: basis === 'exact' ? rows : 100,
    distinct: 1,
    distinctDoubtful: false,
    nullFraction: 0,
    top: [],
    sumOfSquares: 1,
    rowsPerValue: [],
    physicalCorrelation: null,
    monotonic: null,
  };
};

test('rows that were counted, and of the other tables what the planner says', () => {
  const seen = schemaEvidenceOf(shippedTables('shop'));
  const tables = seen.tables.map((table): TableEvidence => {
    return { ...table, rows: { count: 77, basis: 'estimated' } };
  });
  const found = withCountedRows({ ...seen, tables }, [
    values('orders', 'exact', 1234),
    values('users', 'sampled', 99),
  ]);
  expect(found.tables.map(({ name, rows }) => [name, rows.count, rows.basis])).toEqual([
    ['countries', 77, 'estimated'],
    ['products', 77, 'estimated'],
    ['tenants', 77, 'estimated'],
    ['users', 77, 'estimated'],
    ['orders', 1234, 'exact'],
    ['lines', 77, 'estimated'],
  ]);
});

test('rows that policies hide are not counted', () => {
  const { tables, ...seen } = schemaEvidenceOf(shippedTables('shop'));
  const hidden = tables.map(
    (table): TableEvidence => Object.assign({}, table, { rowsHidden: true }),
  );
  const found = withCountedRows({ ...seen, tables: hidden }, [values('orders', 'exact', 3)]);
  expect(found.tables).toEqual(hidden);
});
