import { expect, test } from 'vitest';
import { faultsOf } from '../faults-fixture.ts';
import { parseScenario } from '../parse.ts';
import type { Script } from '../table-types.ts';
import { vocabularyFixture } from '../vocabulary-fixture.ts';
import { heldScenario, moveUser, rekeyScenario } from './rekey-fixture.ts';

const sqlOf = (script: Script | undefined): string[] | undefined =>
  script?.statements.map(({ sql }) => sql.replaceAll('"', ''));

const moveIn = (text: string) => parseScenario(text, 's.yaml', vocabularyFixture).operations.at(-1);

const gone =
  'and region <> :to returning *) ' +
  `select coalesce(json_agg(gone rows), '[]') as rows from gone rows`;

test('a rekey is updates, children first, and a way round that moves what hangs on the row', () => {
  const move = moveIn(rekeyScenario);
  expect(sqlOf(move?.script)).toEqual([
    'update lines set region = :to where tenant_id = :users.tenant_id and (order_id) in ' +
      '(select id from orders where tenant_id = :users.tenant_id and user_id = :users.id)',
    'update orders set region = :to where tenant_id = :users.tenant_id and user_id = :users.id',
    'update users set region = :to where tenant_id = :users.tenant_id and id = :users.id',
  ]);
  expect(sqlOf(move?.instead)).toEqual([
    'with gone rows as (delete from lines where tenant_id = :users.tenant_id and region = ' +
      ':users.region and (order_id) in (select id from orders where tenant_id = ' +
      `:users.tenant_id and user_id = :users.id and region = :users.region) ${gone}`,
    'with gone rows as (delete from orders where tenant_id = :users.tenant_id and user_id = ' +
      `:users.id and region = :users.region ${gone}`,
    'with gone rows as (delete from users where tenant_id = :users.tenant_id and id = ' +
      `:users.id and region = :users.region ${gone}`,
    'insert into users (tenant_id, id, region) select :users.tenant_id, :users.id, :to ' +
      'from json_populate_recordset(null::users, :users_left.rows::json)',
    'insert into orders (tenant_id, user_id, id, placed_at, region, note) select ' +
      ':users.tenant_id, :users.id, id, placed_at, :to, note ' +
      'from json_populate_recordset(null::orders, :orders_left.rows::json)',
    'insert into lines (tenant_id, order_id, region, number, product_id, quantity) select ' +
      ':users.tenant_id, order_id, :to, number, product_id, quantity ' +
      'from json_populate_recordset(null::lines, :lines_left.rows::json)',
  ]);
  expect([move?.script?.transaction, move?.instead?.transaction]).toEqual([
    'interactive',
    'interactive',
  ]);
});

test('the row may be a draw, and the new value a column of another one', () => {
  const text = rekeyScenario.replace(
    moveUser,
    `  - name: to_another_tenant
    kind: write
    draw: { mover: { table: users }, other: { table: tenants, remote: 1 } }
    rekey: { row: mover, column: tenant_id, to: other.id }
`,
  );
  const move = moveIn(text);
  expect(sqlOf(move?.script)?.at(-1)).toBe(
    'update users set tenant_id = :other.id where id = :mover.id',
  );
});

test.each([
  [
    'an unknown row',
    '{ row: users,',
    '{ row: usrs,',
    [
      '91:19: operations[3].rekey.row: found "usrs"; allowed: tenants, users, ' +
        'products, orders, lines; did you mean users?',
    ],
  ],
  [
    'an unknown column',
    'column: region, to',
    'column: regio, to',
    [
      '91:34: operations[3].rekey.column: found "regio"; allowed: tenant_id, id, ' +
        'region; did you mean region?',
    ],
  ],
  [
    'no value',
    'to: { choice: [eu, us, ap] }',
    'to: 7',
    [
      '91:46: operations[3].rekey.to: found 7; allowed: choice, number, text, ' +
        'words, date or json for a value, or draw.column for that of another row',
    ],
  ],
  [
    'a read',
    'kind: write\n    weight: 10',
    'kind: read\n    weight: 10',
    ['89:11: operations[3].kind: found read, but rekey writes; allowed: write'],
  ],
  [
    'statements as well',
    moveUser,
    `${moveUser}    sql: select 1\n`,
    [
      '88:5: operations[3]: found { name, kind, weight, rekey, sql }; allowed: { ' +
        'name, kind, weight, sql }, { name, kind, weight, statements } or { name, ' +
        'kind, weight, rekey }',
    ],
  ],
  [
    'a transaction',
    moveUser,
    `${moveUser}    transaction: none\n`,
    [
      '92:5: operations[3].transaction: found an unknown key; allowed: name, kind, ' +
        'weight, expect, draw, rekey',
    ],
  ],
  [
    'the name of the value',
    moveUser,
    `${moveUser}    draw: { to: { text: 3 } }\n`,
    [
      '92:13: operations[3].draw.to: to is the name of the new value; allowed: ' +
        'another name for the draw',
    ],
  ],
  [
    'several rows',
    moveUser,
    `${moveUser}    draw: { users: { rows: 3 } }\n`,
    ['91:19: operations[3].rekey.row: users has 3 rows; allowed: a draw of one row'],
  ],
  [
    'a row that is not used',
    moveUser,
    `${moveUser}    draw: { friend: { table: users } }\n`,
    ['92:13: operations[3].draw.friend: no statement uses :friend; allowed: draws that are used'],
  ],
  [
    'a table without a primary key',
    '    primary: [order_id, number]',
    '',
    ['91:19: operations[3].rekey.row: lines has no primary key; allowed: a table with one'],
    '{ row: lines,',
  ],
  [
    'rows that do not say on what they hang',
    '      user_id: { parent: users.id }',
    '      user_id: { pick: users.id }',
    [
      '91:34: operations[3].rekey.column: orders has a copy of users.region, but ' +
        'nothing that says on which row of users it hangs; allowed: copies beside a ' +
        'parent column for each column of the primary key of users',
    ],
  ],
] as const)('%s', (_, from, to, faults, row: string = '{ row: users,') => {
  expect(rekeyScenario).toContain(from);
  const text = rekeyScenario.replace(from, to).replace('{ row: users,', row);
  expect(faultsOf(text)).toEqual(faults);
});

test('rows that point to some that move everywhere have to go along', () => {
  const held = heldScenario.replace(
    '      region: { parent: users.region }\n      number: sequence',
    '      number: sequence',
  );
  expect(faultsOf(heldScenario)).toEqual([]);
  expect(faultsOf(held)).toEqual([
    '91:34: operations[3].rekey.column: a foreign key holds it, and lines points to rows that ' +
      'would have to move but has no copy of it; allowed: a copy (parent: users.region) in lines',
  ]);
});
