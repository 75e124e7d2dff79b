import { expect, test } from 'vitest';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

const known = {
  tables: [
    { name: 'orders', columns: ['tenant_id', 'id', 'total'] },
    { name: 'lines', columns: ['tenant_id', 'order_id', 'quantity'] },
  ],
  views: [{ name: 'large', sql: 'select id, total as sum from orders where total > 5' }],
};

test.each([
  ['select o.totl from orders o', [['there is no column o.totl; did you mean total?', 7]]],
  ['select :a, totl from orders', [['there is no column totl; did you mean total?', 11]]],
  ['select 1 from orders, linse', [['there is no table linse; did you mean lines?', 22]]],
  [
    'select lines.id from linse join orders on lines.order_id = orders.id where lines.x = 1',
    [['there is no table linse; did you mean lines?', 21]],
  ],
  ['select l.id from orders', [['there is no table or alias l', 7]]],
  ['select total from large', [['there is no column total', 7]]],
  [
    'insert into lines (quantty) values (1)',
    [['there is no column quantty; did you mean quantity?', 19]],
  ],
  ['select sum, lines.quantity from large join lines on order_id = id', []],
  ['with a (x) as (select id from orders) select x, a.x, ctid from a, lines', []],
  ['select total as t from orders order by t, total', []],
  ['select orders, orders.ctid from public.orders, generate_series(1, 3) as n where n = id', []],
  ['select relname from pg_catalog.pg_class', []],
  ['insert into orders values (1, 2) on conflict (id) do update set total = excluded.total', []],
])('%s', (sql, problems) => {
  const found = reader.unknownNames(reader.read(sql), known);
  expect(found.map(({ text, at }) => [text, at])).toStrictEqual(problems);
});
