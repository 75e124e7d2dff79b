import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { TableColumn, TableGenerator } from '../../scenario/table-types.ts';
import type { Workload } from '../types.ts';
import { columnText, tablesOf } from './column-text.ts';
import { copyColumns } from './copy-column.ts';
import { copyText } from './copy-texts.ts';
import { shopWorkload } from './shop-fixture.ts';

const decoder = new TextDecoder();

/** Every column of every table, row by row; returns how many were NULL. */
function expectSame(workload: Workload): number {
  let nulls = 0;
  const { set, loaded } = tablesOf(workload);
  for (const [index, { name, columns }] of set.tables.entries()) {
    const { count } = present(loaded[index], name);
    expect(count).toBeGreaterThan(0);
    for (const column of columns) {
      const { maxBytes, write } = copyColumns(workload, name)(column.name);
      const text = columnText(workload, name)(column.name);
      const out = new Uint8Array(maxBytes + 5);
      for (let row = 0; row < count; row += 1) {
        const end = write(row, out, 5);
        const found = end < 0 ? null : decoder.decode(out.subarray(5, end));
        const value = text(row);
        nulls += value === null ? 1 : 0;
        if (found !== (value === null ? null : decoder.decode(copyText(value)))) {
          throw new Error(`${name}.${column.name} of row ${row}: ${found}, not ${value}`);
        }
      }
    }
  }
  return nulls;
}

test('the bytes of the shop are those of its texts', () => {
  expect(expectSame(shopWorkload())).toBe(0);
});

test('values from far above, picked and NULL ones', () => {
  const column = (name: string, generator: TableGenerator, nulls = 0): TableColumn => ({
    name,
    type: 'text',
    generator,
    default: null,
    nulls,
  });
  const workload = shopWorkload({}, (set) => ({
    ...set,
    tables: set.tables.map((table) => {
      if (table.name === 'users') {
        return {
          ...table,
          columns: [
            ...table.columns,
            column('nick', { kind: 'words', words: ['a\\', 'é'], count: 2 }, 0.3),
          ],
        };
      }
      if (table.name !== 'lines') return table;
      const more = [
        column('nick', { kind: 'parent', table: 'users', column: 'nick' }),
        column('maybe', { kind: 'parent', table: 'orders', column: 'id' }, 0.5),
        column('friend', { kind: 'pick', table: 'users', column: 'nick' }),
        column('price', { kind: 'pick', table: 'products', column: 'price' }),
      ];
      return { ...table, columns: [...table.columns, ...more] };
    }),
  }));
  expect(expectSame(workload)).toBeGreaterThan(100);
});
