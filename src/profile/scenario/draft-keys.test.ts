import { expect, test } from 'vitest';
import type { CandidateKey, KeyValues } from '../evidence.ts';
import { draftKeys } from './draft-keys.ts';

const candidate = (key: string, root: string | null, ...columns: string[]): CandidateKey => {
  return { key, root, columns: [{ table: 'orders', columns }], because: ['foreign key'] };
};

const values = (key: string, distinct: number): KeyValues => {
  const shape = { nullFraction: 0, top: [], sumOfSquares: 1, rowsPerValue: [] };
  const order = { physicalCorrelation: null, monotonic: null };
  const rows = { rows: 1000, looked: 1000, distinct, distinctDoubtful: false };
  return { key, table: 'orders', basis: 'exact', ...rows, ...shape, ...order };
};

test('a number within something comes after what has values of its own', () => {
  const candidates = [
    candidate('warehouse', 'warehouse', 'w_id'),
    candidate('number', null, 'd_id'),
    candidate('item', null, 'i_id'),
    candidate('district', 'district', 'w_id', 'd_id'),
    candidate('serial', null, 'id'),
    candidate('order', null, 'w_id', 'id'),
  ];
  const found = draftKeys(
    {
      candidates,
      values: [
        values('warehouse', 10),
        values('number', 10),
        values('item', 500),
        values('district', 100),
        values('serial', 990),
        values('order', 1000),
      ],
    },
    candidates[0] ?? candidate('none', null),
    candidates.map(({ key }) => key),
  );
  expect(found.map(({ name }) => name)).toEqual([
    'warehouse',
    'item',
    'district',
    'serial',
    'order',
    'number',
  ]);
});
