import { expect, test } from 'vitest';
import { faultsOf } from '../faults-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

test.each([
  [
    'a child without its parent',
    `    per: orders
`,
    '',
    [
      '44:18: tables.lines.columns.tenant_id: found { parent: tenants.id }, but lines ' +
        'has no `per`; allowed: with per: orders',
    ],
  ],
  [
    'a parent that is not there',
    'per: orders',
    'per: order',
    [
      '42:10: tables.lines.per: found "order"; allowed: tenant, tenants, users, ' +
        'products, orders; did you mean orders?',
    ],
  ],
  [
    'a parent that is not above',
    '{ parent: orders.id }',
    '{ parent: products.id }',
    [
      '46:17: tables.lines.columns.order_id: found { parent: products.id }; allowed: a ' +
        'column of orders, users, tenants',
    ],
  ],
  [
    'a column that the parent has not',
    '{ parent: orders.id }',
    '{ parent: orders.idd }',
    [
      '46:17: tables.lines.columns.order_id: found "orders.idd"; allowed: ' +
        'orders.tenant_id, orders.user_id, orders.id, orders.placed_at, orders.note; did ' +
        'you mean orders.id?',
    ],
  ],
  [
    'a pick from no table',
    '{ pick: products.id }',
    '{ pick: product.id }',
    [
      '48:19: tables.lines.columns.product_id: found "product"; allowed: tenants, ' +
        'users, products, orders, lines; did you mean products?',
    ],
  ],
  [
    'a pick of no column',
    '{ pick: products.id }',
    '{ pick: products.ident }',
    [
      '48:19: tables.lines.columns.product_id: found "products.ident"; allowed: ' +
        'products.id, products.title, products.price',
    ],
  ],
  [
    'a pick from a table without rows',
    'rows: 50',
    'rows: 0',
    [
      '48:19: tables.lines.columns.product_id: picks from products, which may have no ' +
        'rows to pick from; allowed: rows from 1 on, or `null:` at the column',
    ],
  ],
  [
    'rows for each, of nothing',
    'rows: 50',
    'rows: 5..15',
    [
      '21:11: tables.products.rows: found rows for each tenant or parent, but no `per`; ' +
        'allowed: the number of rows',
    ],
  ],
  [
    'no rows',
    `    rows: 50
`,
    '',
    [
      '21:5: tables.products.rows: found nothing; allowed: the number of rows, or `per: ' +
        'tenant` or the name of a table',
    ],
  ],
  [
    'quantiles that fall',
    'rows: 2..6',
    'rows: { total: 900, quantiles: [0, 3, 2] }',
    [
      '13:36: tables.users.rows.quantiles: found a list of 3; allowed: a list of 2 to 1,001 ' +
        'numbers from 0 up that do not fall, the last above 0',
    ],
  ],
  [
    'a tenant where there are none',
    'title: { text: 12 }',
    'title: tenant',
    [
      '24:14: tables.products.columns.title: the rows of products belong to no tenant; ' +
        'allowed: such a column in a table with `per: tenant`, or per a table that has it',
    ],
  ],
] satisfies [string, string, string, string[]][])('%s', (_, text, instead, faults) => {
  expect(shopScenario).toContain(text);
  expect(faultsOf(shopScenario.replace(text, instead))).toStrictEqual(faults);
});

test.each([
  ['{ total: 900, top: [500, 401] }', '13:30', 'no more together than `total`'],
  ['{ total: 900, top: [5, 6] }', '13:30', 'numbers that do not rise, the most first'],
])('%s', (rows, place, allowed) => {
  expect(faultsOf(shopScenario.replace('rows: 2..6', `rows: ${rows}`))).toStrictEqual([
    `${place}: tables.users.rows.top: found a list of 2; allowed: ${allowed}`,
  ]);
});

test('a total of rows needs somebody to hang on', () => {
  const some = shopScenario.replace('rows: 2..6', 'rows: { total: 900 }');
  expect(faultsOf(some)).toStrictEqual([]);
  const none = some.replace('    per: tenant\n', '    per: tenant\n    rows: 0\n');
  expect(faultsOf(none)).toContain(
    '14:11: tables.users.rows: found 900 rows below tenants, which has none; allowed: 0',
  );
});

test('what may be NULL may pick where there is nothing to pick', () => {
  const none = shopScenario.replace('rows: 50', 'rows: 0');
  const faults = (text: string) => faultsOf(text).filter((fault) => fault.includes('picks from'));
  expect(faults(none)).toHaveLength(1);
  const nullable = '{ pick: products.id, null: 0.5 }';
  expect(faults(none.replace('{ pick: products.id }', nullable))).toStrictEqual([]);
});
