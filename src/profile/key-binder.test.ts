import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { sqlReaderFixture as reader } from '../sql/sql-reader-fixture.ts';
import { keyBinder } from './key-binder.ts';
import { schemaEvidenceOf, shippedTables } from './shipped-evidence-fixture.ts';

const shop = shippedTables('shop');
const { keys } = present(shop.tables, 'tables');
const candidates = ['tenant', 'user', 'tenant_user', 'order', 'region'].map((name) => {
  const { columns } = present(
    keys.find((key) => key.name === name),
    name,
  );
  return { key: name, columns, root: null, because: [] };
});
const binder = keyBinder(schemaEvidenceOf(shop), candidates, reader);

test.each([
  ['select * from orders where tenant_id = $2 and id = $1', [[2], null, null, [1], null]],
  [
    `insert into orders (tenant_id, user_id, id, region) values ($1, $2, $3, $4)`,
    [[1], [2], [1, 2], [3], [4]],
  ],
  [
    `select 1 from orders o join lines l on l.tenant_id = o.tenant_id and l.order_id = o.id
     where l.tenant_id = $1 and o.id = $2`,
    [[1], null, null, [2], null],
  ],
  ['select * from orders where user_id in ($1, $2)', [null, [1], null, null, null]],
  ['select * from orders where user_id = any($1)', [null, null, null, null, null]],
  [`select * from orders where region = 'eu'`, [null, null, null, null, null]],
  [
    `insert into lines (tenant_id, user_id, order_id, region, number)
     values ($1, $2, $3, $4, $5), ($6, $7, $8, $9, $10)`,
    [[1], [2], [1, 2], [3], [4]],
  ],
  ['update users set region = $1 where region = $2 and id = $3', [null, [3], null, null, [2]]],
  ['begin', [null, null, null, null, null]],
  ['select from where', [null, null, null, null, null]],
])('%s', (sql, found) => {
  expect(binder.parametersOf(sql)).toStrictEqual(found);
});
