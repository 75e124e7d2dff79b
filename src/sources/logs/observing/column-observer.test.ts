import { expect, test } from 'vitest';
import type { SchemaEvidence, TableEvidence } from '../../../profile/evidence.ts';
import { inferredSchema, namedTables } from '../../../profile/inferred-schema.ts';
import { loadGrammar } from '../../../sql/grammar.ts';
import { ColumnObserver } from './column-observer.ts';
import { recordsOf } from './record-fixture.ts';
import { TemplateObserver } from './template-observer.ts';

const grammar = await loadGrammar();

function schemaOf(lines: readonly string[]): SchemaEvidence {
  const records = recordsOf(lines);
  const options = { grammar, renamed: (sql: string) => sql, source: 0, oneSession: true };
  const templates = new TemplateObserver(options);
  for (const record of records) templates.add(record);
  const named = namedTables(templates.finish().queries.templates, grammar);
  const columns = new ColumnObserver(named.seen, named.guesses, grammar);
  for (const record of records) columns.add(record);
  return inferredSchema(named, columns);
}

function tableOf(schema: SchemaEvidence, name: string): TableEvidence & { types: object } {
  const table = schema.tables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return { ...table, types: Object.fromEntries(table.columns.map((c) => [c.name, c.type])) };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

test('tables, types, keys and least numbers of rows of a log', () => {
  const schema = schemaOf([
    ...range(60).map((i) => `select name from shops where id = ${i % 20}`),
    ...range(300).map(
      (i) =>
        `insert into orders (shop_id, number, total, placed_at, note) values (${i % 30}, ` +
        `${Math.floor(i / 30)}, ${i}.50, '2026-11-30 10:00:00+00', ${i % 2 ? 'null' : "'x'"})`,
    ),
    ...range(40).map((i) => `update orders set total = 5 where shop_id = ${i % 30} and number = 2`),
    ...range(40).map(
      (i) =>
        `insert into lines (shop_id, number, item) values (${i % 30}, 2, 1), (${i % 30}, 2, 2)`,
    ),
    ...range(10).map((i) => `delete from lines where shop_id = ${i} and number = 2`),
    "insert into tags (label) values ('red') on conflict (label) do nothing returning id",
    'select orders.total from orders join shops on shops.id = orders.shop_id',
  ]);
  const orders = tableOf(schema, 'orders');
  expect(orders.types).toEqual({
    shop_id: 'bigint',
    number: 'bigint',
    total: 'numeric',
    placed_at: 'timestamp with time zone',
    note: 'text',
  });
  expect(orders.primary).toEqual(['shop_id', 'number']);
  expect(orders.rows.basis).toBe('none');
  expect(Math.abs(orders.rows.count - 300)).toBeLessThan(6);
  // Of 60 questions 20 are different, but orders have 30 shops.
  const shops = tableOf(schema, 'shops');
  expect(shops.primary).toEqual(['id']);
  expect(Math.abs(shops.rows.count - 30)).toBeLessThanOrEqual(1);
  // What rows are deleted by stands in several of them.
  expect(tableOf(schema, 'lines').primary).toEqual([]);
  const tags = tableOf(schema, 'tags');
  expect(tags.primary).toEqual(['id']);
  expect(tags.unique).toEqual([['label']]);
  expect(tags.columns.find(({ name }) => name === 'id')?.identity).toBe('by default');
});

test('values of lists, arrays and parameters count one by one', () => {
  const [first] = recordsOf(['a: select a from t where k = any($1) and u = $2']);
  if (first === undefined) throw new Error('no record');
  const template = { calls: 1, totalMs: null, rows: null, source: 0, line: 1, fingerprint: '' };
  const lists = 'select a from t where n in (1, 2, 3)';
  const named = namedTables(
    [
      { ...template, sql: first.sql },
      { ...template, sql: lists },
    ],
    grammar,
  );
  const columns = new ColumnObserver(named.seen, named.guesses, grammar);
  const uuid = '7f1b4c3e-0d5a-4a43-9c11-1f7f3f8f0a11';
  columns.add({ ...first, parameters: ['{5,6,7,8}', uuid] });
  columns.add({ ...first, sql: lists });
  const table = tableOf(inferredSchema(named, columns), 't');
  expect(table.types).toMatchObject({ k: 'bigint', u: 'uuid', n: 'bigint' });
  expect(table.rows.count).toBe(4);
});

test('names that scenarios do not take are kept beside those that they have', () => {
  const schema = schemaOf(['select "OrderId" from "Sales"."Order Lines" where "ShopId" = 5']);
  const table = tableOf(schema, 'order_lines');
  expect(table.stored).toEqual({ schema: 'Sales', name: 'Order Lines' });
  expect(table.columns.map(({ name, stored }) => [name, stored])).toEqual([
    ['order_id', 'OrderId'],
    ['shop_id', 'ShopId'],
  ]);
});
