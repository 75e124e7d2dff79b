import { expect, test } from 'vitest';
import { parseScenario } from '../parse.ts';
import { present } from '../../base/assert.ts';
import type { TableSet } from '../table-types.ts';
import { vocabularyFixture } from '../vocabulary-fixture.ts';
import { estimatedRowBytes } from './row-bytes.ts';
import { shopScenario } from './shop-fixture.ts';
import { TableTree } from './table-tree.ts';

function tablesOf(columns: string, more = 'primary: id'): TableSet {
  const text = `name: x
rate: 1/s
tables: { t: { rows: 1, columns: ${columns}, ${more} } }
operations: [{ name: a, kind: read, sql: select 1 }]
strategies: [{ key: id, router: jump }]
`;
  return present(parseScenario(text, 's.yaml', vocabularyFixture).tables, 'tables');
}

// Header 24, columns each where its type may begin, all to a multiple of 8, pointer 4; entries of
// indexes 16 and the key to a multiple of 8.
test.each([
  ['an integer and a smaller one', '{ id: id, n: sequence }', 24 + 16 + 4 + (16 + 8)],
  ['a smaller one first', '{ n: sequence, id: id }', 24 + 16 + 4 + (16 + 8)],
  [
    'a short text of 13, a numeric of 7',
    '{ id: id, t: { text: 12 }, p: { number: { min: 1, max: 90 } } }',
    24 + 32 + 4 + 24,
  ],
  ['a long text, whose header has 4', '{ id: id, t: { text: 200 } }', 24 + 216 + 4 + 24],
  ['a uuid', '{ id: { id: uuid7 } }', 24 + 16 + 4 + (16 + 16)],
  ['a text that is mostly NULL', '{ id: id, t: { text: 59, null: 0.8 } }', 24 + 24 + 4 + 24],
])('%s', (_, columns, bytes) => {
  const { tables } = tablesOf(columns);
  expect(tables.map((table) => estimatedRowBytes(table, new TableTree(tables)))).toEqual([bytes]);
});

test('without a primary key there is no entry, and each index has one', () => {
  const bytes = (more: string): number[] => {
    const { tables } = tablesOf('{ id: id }', more);
    return tables.map((table) => estimatedRowBytes(table, new TableTree(tables)));
  };
  expect(bytes('indexes: []')).toEqual([24 + 8 + 4]);
  expect(bytes('indexes: [id, [id]], unique: [id]')).toEqual([24 + 8 + 4 + 3 * 24]);
});

test('the data of a scenario is what its tables take: what a row is said to, or estimated', () => {
  const { data, tables } = parseScenario(shopScenario, 's.yaml', vocabularyFixture);
  const set = present(tables, 'tables').tables;
  const tree = new TableTree(set);
  const rows = [500, 2000, 50, 8000, 24_000];
  const total = set.reduce(
    (sum, table, i) => sum + (rows[i] ?? 0) * estimatedRowBytes(table, tree),
    0,
  );
  expect(data).toEqual({ totalBytes: Math.round(total), rowBytes: Math.round(total / 34_550) });
  const said = shopScenario.replace('    rows: 1..5\n', '    rows: 1..5\n    row: 1MB\n');
  const { totalBytes } = parseScenario(said, 's.yaml', vocabularyFixture).data;
  expect(totalBytes).toBeGreaterThan(24_000 * 1e6);
});
