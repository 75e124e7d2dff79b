import { expect, test } from 'vitest';
import type { TableLayout } from '../scenario/layout-types.ts';
import { analyse } from './analysis.ts';
import { catalogOf } from './catalog.ts';
import { corpusTables } from './corpus-schema-fixture.ts';
import { numberedFacts } from './numbered-facts.ts';
import { placingOf } from './placing.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';
import { statementFate } from './statement-fate.ts';

const keys = new Map([
  ['tenants', 'id'],
  ['orders', 'tenant_id'],
  ['lines', 'tenant_id'],
]);
const layouts = corpusTables.tables.map(({ name }): TableLayout => {
  const key = keys.get(name);
  return key === undefined
    ? { table: name, placement: 'reference', keyColumns: [], reason: 'small' }
    : { table: name, placement: 'sharded', keyColumns: [key], reason: 'key' };
});
const placing = placingOf(corpusTables, layouts, new Map());
const catalog = catalogOf(corpusTables, reader);

function fateOf(sql: string) {
  const statement = reader.readNumbered(sql);
  const analysis = analyse(statement, catalog, () => undefined);
  const { fate, route } = statementFate(analysis, numberedFacts(statement), placing);
  return { fate, keys: route.to === 'keys' ? route.keys.map(({ values }) => values) : [] };
}

const one = (parameter: number) => [[{ parameter }]];

test.each([
  ['select * from orders where status = $1 and tenant_id = $2', 'single', one(2)],
  ['select * from orders where tenant_id = $1::bigint', 'single', one(1)],
  ['select * from orders where (tenant_id)::text = $1', 'scatter', []],
  [
    'select * from orders where tenant_id = any($1::int8[])',
    'multi',
    [[{ parameter: 1, list: true }]],
  ],
  ['select * from orders where tenant_id = any($1::text[])', 'scatter', []],
  ['select * from orders where tenant_id in ($1, $2)', 'multi', [...one(1), ...one(2)]],
  [
    `select l.number from orders o join lines l on l.tenant_id = o.tenant_id and l.order_id = o.id
     where o.id = $2 and l.tenant_id = $1`,
    'single',
    one(1),
  ],
  ['insert into orders (id, tenant_id, user_id) values ($1, $2, $3)', 'single', one(2)],
  ['update orders set total = $1 where tenant_id = $2 and id = $3', 'single', one(2)],
  ['update orders set tenant_id = $1 where tenant_id = $2', 'notRunnable', []],
  ['select $1::text[] from orders where id = $2', 'scatter', []],
] as const)('%s: %s', (sql, fate, found) => {
  expect(fateOf(sql)).toStrictEqual({ fate, keys: found });
});

test('a colon before a name is no parameter', () => {
  const { tree, names } = reader.readNumbered('select ($1::int[])[1:n] from orders where id = $3');
  expect(tree).not.toBeNull();
  expect(names).toStrictEqual(['$1', '$2', '$3']);
});

test('what cannot be parsed has its fault', () => {
  expect(reader.readNumbered('select from where $1')).toMatchObject({ tree: null, verb: 'select' });
});
