import { expect, test } from 'vitest';
import type { CandidateKey, ChildShape, KeyValues } from '../../../profile/evidence.ts';
import { refinedValues } from './refined-values.ts';

const key: CandidateKey = {
  key: 'account',
  columns: [
    { table: 'accounts', columns: ['id'] },
    { table: 'orders', columns: ['account_id'] },
  ],
  root: 'accounts',
  because: ['foreign key'],
};
const orders: KeyValues = {
  key: 'account',
  table: 'orders',
  basis: 'sampled',
  rows: 1_000_000,
  looked: 30_000,
  distinct: 60_000,
  distinctDoubtful: true,
  nullFraction: 0,
  top: [{ value: '7', share: 0.01 }],
  sumOfSquares: 0.001,
  rowsPerValue: [],
  physicalCorrelation: null,
  monotonic: false,
};
/** A fifth has none, the others 1 to 80. */
const shape: ChildShape = {
  parent: 'accounts',
  child: 'orders',
  columns: ['account_id'],
  basis: 'sampled',
  parents: 100_000,
  childless: 0.2,
  mean: 10,
  quantiles: Array.from({ length: 101 }, (_, percent) => Math.max(0, percent - 20)),
};

test('parents with children are the distinct values of the child', () => {
  const [refined] = refinedValues([orders], [key], [shape]);
  expect(refined).toMatchObject({ distinct: 80_000, distinctDoubtful: false, basis: 'sampled' });
  expect(refined?.rowsPerValue).toHaveLength(101);
  expect(refined?.rowsPerValue[0]).toBe(1);
  expect(refined?.rowsPerValue[50]).toBeCloseTo(40, 9);
  expect(refined?.rowsPerValue[100]).toBe(80);
});

test.each<[string, Partial<KeyValues>, Partial<ChildShape>]>([
  ['what was counted', { basis: 'exact' }, {}],
  ['what most rows have no parent of', {}, { mean: 5 }],
  ['what few parents have', {}, { childless: 0.999, mean: 10 }],
  ['another table', {}, { child: 'lines' }],
  ['other columns', {}, { columns: ['payer_id'] }],
])('%s stays as it is', (_, values, changed) => {
  const given = { ...orders, ...values };
  expect(refinedValues([given], [key], [{ ...shape, ...changed }])).toEqual([given]);
});
