import { expect, test } from 'vitest';
import { Partitioning } from './partitioning.ts';
import type { Catalog } from './read-catalog.ts';
import type { Relation } from './relations.ts';
import { tableBytes, tableRows } from './table-sizes.ts';

const relation = (changes: Partial<Relation> = {}): Relation => ({
  id: 't',
  schema: 'public',
  name: 't',
  kind: 'table',
  isPartition: false,
  tuples: -1,
  pages: 0,
  readable: true,
  hasColumns: true,
  rowSecurity: false,
  partitionKey: null,
  extension: null,
  locked: false,
  ...changes,
});

type Stored = Pick<Catalog, 'sizes' | 'partitioning'>;

const stored = (
  relations: readonly Relation[],
  bytes: Readonly<Record<string, number>>,
): Stored => ({
  partitioning: new Partitioning(
    relations,
    relations.filter((each) => each.isPartition).map(({ id }) => ({ child: id, parent: 'root' })),
  ),
  sizes: {
    blockBytes: 8192,
    exact: new Map(Object.entries(bytes).map(([id, main]) => [id, { main, toast: 1 }])),
  },
});

const rowsOf = (changes: Partial<Relation>, bytes: number | null, live: number | null) => {
  const table = relation(changes);
  return tableRows(stored([table], bytes === null ? {} : { t: bytes }), table, () => live);
};

test.each([
  ['an empty file', { tuples: 50, pages: 2 }, 0, 9, { count: 0, basis: 'exact' }],
  ['as analysed', { tuples: 100, pages: 2 }, 16_384, 9, { count: 100, basis: 'estimated' }],
  ['twice as long now', { tuples: 100, pages: 2 }, 32_768, 9, { count: 200, basis: 'estimated' }],
  ['of unknown size', { tuples: 100, pages: 2 }, null, 9, { count: 100, basis: 'estimated' }],
  ['never analysed', { tuples: -1 }, 8192, 9, { count: 9, basis: 'estimated' }],
  ['never analysed, before 14', { tuples: 0 }, 8192, 9, { count: 9, basis: 'estimated' }],
  ['never analysed, not counted', { tuples: -1 }, 8192, 0, { count: 0, basis: 'none' }],
  ['no counters', { tuples: -1 }, 8192, null, { count: 0, basis: 'none' }],
  ['all rows deleted', { tuples: 0, pages: 2 }, 16_384, 0, { count: 0, basis: 'estimated' }],
  ['foreign', { kind: 'foreign', tuples: 70 }, null, null, { count: 70, basis: 'estimated' }],
  ['foreign, unknown', { kind: 'foreign' }, null, null, { count: 0, basis: 'none' }],
] as const)('rows of a table: %s', (_, changes, bytes, live, rows) => {
  expect(rowsOf(changes, bytes, live)).toEqual(rows);
});

test('partitions are summed up; without any there are no rows', () => {
  const root = relation({ id: 'root', kind: 'partitioned' });
  const one = relation({ id: 'a', isPartition: true, tuples: 10, pages: 1 });
  const other = relation({ id: 'b', isPartition: true, tuples: 20, pages: 1 });
  const three = stored([root, one, other], { a: 8192, b: 16_384 });
  expect(tableRows(three, root, () => null)).toEqual({ count: 50, basis: 'estimated' });
  expect(tableBytes(three, root)).toEqual({ heap: 24_576, toast: 2, indexes: 0 });
  expect(tableRows(stored([root], {}), root, () => null)).toEqual({ count: 0, basis: 'exact' });
});
