import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { faultsOf } from '../faults-fixture.ts';
import { parseScenario } from '../parse.ts';
import type { Script } from '../table-types.ts';
import { vocabularyFixture } from '../vocabulary-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

/** The script of one more operation of the shop. */
function scriptOf(operation: string): Script {
  const written = `operations:\n  - { name: tried, kind: write, ${operation} }\n`;
  const text = shopScenario.replace('operations:\n', written);
  const { operations } = parseScenario(text, 's.yaml', vocabularyFixture);
  return present(operations[0]?.script, 'script');
}

const drawsOf = (operation: string) =>
  scriptOf(operation).draws.map(({ name, from, group }) => [name, from, group]);

test("a table's own name is a row of the arrival's tenant", () => {
  expect(drawsOf('sql: "select :users.id, :users.tenant_id, :products.id"')).toEqual([
    ['users', { kind: 'tenant' }, 0],
    ['products', { kind: 'tenant' }, 0],
  ]);
});

test('after a row below it, it is the one above that; after one above it, one below that', () => {
  expect(drawsOf('sql: "select :orders.id, :users.id, :tenants.id, :lines.number"')).toEqual([
    ['orders', { kind: 'tenant' }, 0],
    ['users', { kind: 'ancestor', draw: 0 }, 0],
    ['tenants', { kind: 'ancestor', draw: 0 }, 0],
    ['lines', { kind: 'descendant', draw: 0 }, 0],
  ]);
});

test("another tenant's row leads to none of these", () => {
  const draw = 'draw: { friend: { table: users, remote: 0.15 } }';
  expect(drawsOf(`${draw}, sql: "select :friend.id, :tenants.id, :users.id"`)).toEqual([
    ['friend', { kind: 'remote', fraction: 0.15 }, 0],
    ['tenants', { kind: 'tenant' }, 0],
    ['users', { kind: 'descendant', draw: 1 }, 0],
  ]);
});

test('an entry says of what: above, below, or of the same tenant', () => {
  const draw =
    'draw: { order: { table: orders, of: users }, line: { table: lines, of: order }, ' +
    'account: { table: tenants, of: line }, other: { table: users, of: users } }';
  const sql = 'sql: "select :order.id, :line.number, :account.id, :other.id"';
  expect(drawsOf(`${draw}, ${sql}`)).toEqual([
    ['users', { kind: 'tenant' }, 0],
    ['order', { kind: 'descendant', draw: 0 }, 0],
    ['line', { kind: 'descendant', draw: 1 }, 0],
    ['account', { kind: 'ancestor', draw: 2 }, 0],
    ['other', { kind: 'sameTenant', draw: 0 }, 0],
  ]);
});

test('a row of a table without tenants is drawn as TPC-C does', () => {
  expect(drawsOf('draw: { products: { nurand: 255 } }, sql: "select :products.id"')).toEqual([
    ['products', { kind: 'nurand', a: 255 }, 0],
  ]);
});

test('a new row is below a loaded one, or below a new one', () => {
  const loaded = 'sql: "insert into lines (order_id) values (:new.lines.order_id)"';
  expect(drawsOf(loaded)).toEqual([
    ['orders', { kind: 'tenant' }, 0],
    ['new.lines', { kind: 'new', parent: 0 }, 0],
  ]);
  const both =
    'statements: ["insert into lines (order_id) values (:new.lines.order_id)", ' +
    '"insert into orders (id) values (:new.orders.id)"]';
  expect(drawsOf(both)).toEqual([
    ['users', { kind: 'tenant' }, 0],
    ['new.orders', { kind: 'new', parent: 0 }, 0],
    ['new.lines', { kind: 'new', parent: 1 }, 0],
  ]);
});

test('in a repetition rows are drawn anew, unless the operation uses them as well', () => {
  const repeat = '{ repeat: 2, statements: ["select :users.id, :products.id"] }';
  expect(drawsOf(`statements: [${repeat}, "select :products.title"]`)).toEqual([
    ['users', { kind: 'tenant' }, 1],
    ['products', { kind: 'tenant' }, 0],
  ]);
});

test('a repetition for each child row names that row by its table', () => {
  const { draws, groups } = scriptOf(
    'statements: ["select :orders.id", { repeat: { children: lines, of: orders, limit: 20 }, ' +
      'statements: ["select :lines.number"] }]',
  );
  expect(draws.map(({ name, from, group }) => [name, from, group])).toEqual([
    ['orders', { kind: 'tenant' }, 0],
    ['lines', { kind: 'eachChild', draw: 0 }, 1],
  ]);
  expect(groups[1]?.repeat).toEqual({ kind: 'children', table: 'lines', of: 0, limit: 20 });
});

test('several rows are a list or a range', () => {
  const { draws, statements } = scriptOf(
    'draw: { some: { table: orders, rows: 5 } }, ' +
      'sql: "select 1 from orders where id = any(:some.id_list) ' +
      'and id between :some.id_from and :some.id_to"',
  );
  expect(draws).toEqual([
    { name: 'some', table: 'orders', group: 0, from: { kind: 'tenant' }, rows: 5 },
  ]);
  expect(statements[0]?.parameters.map((each) => 'form' in each && each.form)).toEqual([
    'list',
    'from',
    'to',
  ]);
});

test('values have names of their own', () => {
  const { values, statements } = scriptOf(
    'draw: { amount: { number: { min: 1, max: 5, decimals: 0 } }, ' +
      'kind: { choice: { a: 1, b: 3 } } }, ' +
      'sql: "select :kind::text, :amount::int4"',
  );
  expect(values.map(({ name }) => name)).toEqual(['amount', 'kind']);
  expect(values[1]?.generator).toEqual({
    kind: 'choice',
    values: ['a', 'b'],
    weights: [0.25, 0.75],
    per: 'row',
  });
  expect(statements[0]?.parameters).toEqual([
    { kind: 'value', value: 1 },
    { kind: 'value', value: 0 },
  ]);
});

test('an operation may roll back, and may have a way round', () => {
  const written =
    'operations:\n  - { name: tried, kind: read, statements: [select 1, rollback], ' +
    'instead: [{ sql: select 1 as one, as: first }, "select :first.one"] }\n';
  const text = shopScenario.replace('operations:\n', written);
  const { operations } = parseScenario(text, 's.yaml', vocabularyFixture);
  const { rollsBack, script, instead } = operations[0] ?? {};
  expect(rollsBack).toBe(true);
  expect(script?.statements.map(({ sql }) => sql)).toEqual(['select 1']);
  // It waits for the answer, which statements in one round trip cannot.
  expect(instead?.transaction).toBe('none');
  expect(instead?.statements[1]?.parameters).toEqual([
    { kind: 'answer', statement: 0, column: 'one' },
  ]);
});

test('a table that has no rows can be drawn from no more than picked from', () => {
  const empty = shopScenario
    .replace('    rows: 1..5\n', '    rows: 0\n')
    .replace(
      'operations:\n',
      'operations:\n  - { name: tried, kind: read, sql: "select :lines.number" }\n',
    );
  expect(faultsOf(empty)).toEqual([
    '57:37: operations[0].sql: lines has no rows to draw from; allowed: a table with rows, or ' +
      ':new.lines',
  ]);
});
