import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';
import { ordersOperations } from './orders.ts';
import { parseScenario } from './parse.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const head = 'name: x\nrate: 100/s\nstrategies: [{ key: tenant_id, router: jump }]\n';

function bindsOf(sql: string): string[] {
  const text = `${head}operations:\n  - { name: a, kind: write, sql: ${JSON.stringify(sql)} }\n`;
  const { operations } = parseScenario(text, 's.yaml', vocabularyFixture);
  return (operations[0]?.statements[0]?.binds ?? []).map(({ column, other }) =>
    other ? `other.${column}` : column,
  );
}

test.each([
  ['select * from orders where tenant_id = :tenant_id and total > 3', ['tenant_id']],
  ['select * from orders where tenant_id = :tenant_id or order_id = :order_id', []],
  ['select * from orders where tenant_id <> :tenant_id', []],
  ['select * from orders where tenant_id::text = :tenant_id', []],
  ['select * from orders where user_id = :order_id', []],
  [
    'update orders set total = 1 where tenant_id in (:tenant_id, :other.tenant_id)',
    ['tenant_id', 'other.tenant_id'],
  ],
  ['select 1 from orders a, orders b where a.tenant_id = :tenant_id', []],
  [
    'select 1 from orders a join orders b using (tenant_id) where b.tenant_id = :tenant_id',
    ['tenant_id'],
  ],
  ['select :tenant_id', []],
])('without binds, they are found: %s', (sql, binds) => {
  expect(bindsOf(sql)).toStrictEqual(binds);
});

test.each(ordersOperations)('of $name, those are found that are written', (operation) => {
  const sql = 'sql' in operation ? operation.sql : '';
  const written = ('binds' in operation ? operation.binds : undefined) ?? [];
  expect(bindsOf(sql).toSorted()).toStrictEqual([...written].map(String).toSorted());
});

test('binds that the SQL does not make true are an error at their place', () => {
  const operation =
    '{ name: a, kind: read, binds: [user_id, tenant_id], ' +
    'sql: "select * from orders where tenant_id = :tenant_id and user_id > :user_id" }';
  expect(faultsOf(`${head}operations:\n  - ${operation}\n`)).toStrictEqual([
    '5:36: operations[0].binds[0]: binds user_id, but the sql does not fix it: rows with another ' +
      'user_id than :user_id count as well',
  ]);
});
