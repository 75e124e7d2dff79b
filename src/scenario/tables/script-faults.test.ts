import { expect, test } from 'vitest';
import { faultsOf } from '../faults-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

test.each([
  [
    'two ways at once',
    'draw: { quantity:',
    'draw: { users: { of: orders, remote: 1 }, quantity:',
    [
      '68:24: operations[0].statements[1].draw.users: found of and remote; allowed: one ' +
        'of them',
    ],
  ],
  [
    'a remote row without tenants',
    'draw: { quantity:',
    'draw: { products: { remote: 1 }, quantity:',
    [
      '68:37: operations[0].statements[1].draw.products.remote: products has no ' +
        'tenants; allowed: a table with them',
    ],
  ],
  [
    'a random row of tenants',
    'draw: { quantity:',
    'draw: { users: { nurand: 255 }, quantity:',
    [
      '68:34: operations[0].statements[1].draw.users.nurand: users has tenants; ' +
        'allowed: a table without',
    ],
  ],
  [
    'draws in a circle',
    'draw: { quantity:',
    'draw: { a: { table: users, of: b }, b: { table: users, of: a }, quantity:',
    [
      '68:68: operations[0].statements[1].draw.b.of: a is drawn by way of itself; ' +
        'allowed: draws without a circle',
    ],
  ],
  [
    'nothing related',
    'draw: { quantity:',
    'draw: { users: { of: products }, quantity:',
    [
      '68:30: operations[0].statements[1].draw.users.of: nothing relates users to ' +
        'products; allowed: a table above or below it',
    ],
  ],
  [
    'a repeat in a repeat',
    '          - select price from products',
    '          - { repeat: 2, ' +
      'statements: [select 1] }\n' +
      '          - select price from products',
    [
      '70:13: operations[0].statements[1].statements[0]: found { repeat, statements }; ' +
        'allowed: an SQL statement, or { sql, as, binds }; no repeat within a repeat',
    ],
  ],
  [
    'a repeat of nothing',
    'repeat: 2..4',
    'repeat: 4..2',
    [
      '67:17: operations[0].statements[1].repeat: found "4..2"; allowed: two numbers up ' +
        'to 1,000, the smaller one first',
    ],
  ],
  [
    'children of no table',
    'repeat: 2..4',
    'repeat: { children: line, of: orders }',
    [
      '67:29: operations[0].statements[1].repeat.children: found "line"; allowed: ' +
        'tenants, users, products, orders, lines; did you mean lines?',
    ],
  ],
  [
    'children of another table',
    'repeat: 2..4',
    'repeat: { children: lines, of: users }',
    [
      '67:40: operations[0].statements[1].repeat.of: found a row of users for the ' +
        'children lines; allowed: a loaded row of orders',
    ],
  ],
  [
    'rollback in between',
    '      - repeat: 2..4',
    `      - rollback
      - repeat: 2..4`,
    [
      '67:9: operations[0].statements[1]: ROLLBACK may stand only at the end of several ' +
        'statements',
    ],
  ],
  [
    'a commit in between',
    '      - repeat: 2..4',
    `      - commit
      - repeat: 2..4`,
    [
      '67:9: operations[0].statements[1]: COMMIT is sent by itself; allowed: transaction: ' +
        'interactive',
    ],
  ],
  [
    'a table made in between',
    '      - repeat: 2..4',
    `      - create table more (id int8)
      - repeat: 2..4`,
    [
      '67:9: operations[0].statements[1]: found CREATE; allowed: SELECT, INSERT, UPDATE, DELETE, ' +
        'MERGE, VALUES',
    ],
  ],
  [
    'a read that writes',
    'select id from orders order by placed_at desc limit 5',
    'delete from orders',
    ['84:10: operations[2].sql: begins with DELETE in an operation of kind read'],
  ],
  [
    'two statements in one',
    'order by placed_at desc limit 5',
    'order by placed_at desc limit 5; select 1',
    [
      '84:65: operations[2].sql: has several statements; write each of them as its own ' +
        'list item',
    ],
  ],
  [
    'a name twice',
    'name: newest',
    'name: place_order',
    ['81:11: operations[2].name: place_order is also the name of operations[0]'],
  ],
  [
    'no weight',
    `operations:
`,
    `operations:
  - { name: none, kind: read, sql: select 1, weights: 5 }
`,
    [
      '57:46: operations[0].weights: found an unknown key; allowed: name, kind, weight, ' +
        'expect, draw, transaction, instead, binds, sql; did you mean weight?',
    ],
  ],
] satisfies [string, string, string, string[]][])('%s', (_, text, instead, faults) => {
  expect(shopScenario).toContain(text);
  expect(faultsOf(shopScenario.replace(text, instead))).toStrictEqual(faults);
});
