import { expect, test } from 'vitest';
import { faultsOf } from '../faults-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

test.each([
  [
    'an unknown table',
    'select price from products where',
    'select price from product where',
    [
      '70:31: operations[0].statements[1].statements[0]: there is no table product; did ' +
        'you mean products?',
    ],
  ],
  [
    'an unknown column',
    'select price from products where',
    'select prize from products where',
    [
      '70:20: operations[0].statements[1].statements[0]: there is no column prize; did ' +
        'you mean price?',
    ],
  ],
  [
    'a slip of the grammar',
    'select price from products where',
    'select price form products where',
    [
      '70:31: operations[0].statements[1].statements[0]: the SQL is wrong: syntax error ' +
        'at or near "products"',
    ],
  ],
  [
    'an unknown draw',
    'id = :products.id',
    'id = :product.id',
    [
      '70:51: operations[0].statements[1].statements[0]: found the unknown parameter ' +
        ':product.id; allowed: :table.column, :draw.column, :new.table.column; the values ' +
        ':quantity; answers :placed.column; did you mean :products.id?',
    ],
  ],
  [
    'an unknown column of a draw',
    'id = :products.id',
    'id = :products.ids',
    [
      '70:51: operations[0].statements[1].statements[0]: found :products.ids; allowed: ' +
        ':products. and a column of products: id, title, price; did you mean ' +
        ':products.id?',
    ],
  ],
  [
    'an unknown value',
    ':products.id, :quantity)',
    ':products.id, :quantty)',
    [
      '73:89: operations[0].statements[1].statements[1]: found the unknown parameter ' +
        ':quantty; allowed: :table.column, :draw.column, :new.table.column; the values ' +
        ':quantity; answers :placed.column; did you mean :quantity?',
    ],
  ],
  [
    'a new row of no table',
    ':new.lines.number',
    ':new.line.number',
    [
      '73:56: operations[0].statements[1].statements[1]: found the unknown parameter ' +
        ':new.line.number; allowed: :table.column, :draw.column, :new.table.column; the ' +
        'values :quantity; answers :placed.column; did you mean :new.lines.number?',
    ],
  ],
  [
    'a new row without a column',
    ':new.lines.number',
    ':new.lines',
    [
      '73:22: operations[0].statements[1].statements[1]: found the row :new.lines; ' +
        'allowed: :new.lines. and a column: tenant_id, order_id, number, product_id, ' +
        'quantity',
    ],
  ],
  [
    'a second row',
    'id = :products.id',
    'id = :other.products.id',
    [
      '70:51: operations[0].statements[1].statements[0]: found :other.products.id; ' +
        "allowed: a draw of another tenant's row, such as draw: { other_row: { table: " +
        'tenants, remote: 1 } }',
    ],
  ],
  [
    'a list of one row',
    'id = :products.id',
    'id = any(:products.id_list)',
    [
      '70:55: operations[0].statements[1].statements[0]: found :products.id_list, of ' +
        'one row; allowed: with several, such as draw: { products: { rows: 5 } }',
    ],
  ],
  [
    'an unknown answer',
    ':placed.id',
    ':place.id',
    [
      '73:44: operations[0].statements[1].statements[1]: found the unknown parameter ' +
        ':place.id; allowed: :table.column, :draw.column, :new.table.column; the values ' +
        ':quantity; answers :placed.column; did you mean :placed.id?',
    ],
  ],
  [
    'a later answer',
    ':new.orders.note) returning id',
    ':placed.id) returning id',
    [
      '65:12: operations[0].statements[0].sql: found :placed.id, but placed is answered ' +
        "later; allowed: an earlier statement's answer",
    ],
  ],
  [
    'an answer in one round trip',
    `    transaction: interactive
`,
    '',
    [
      '57:5: operations[0].transaction: found implicit, in which all statements are ' +
        'sent before the first answer, but one uses an answer (`as`); allowed: ' +
        'interactive, none',
    ],
  ],
  [
    'an answer called like a table',
    `{ quantity: { number: { min: 1, max: 9, decimals: 0 } } }
        statements:`,
    '{ quantity: { number: { min: 1, max: 9, decimals: 0 } } }\n' +
      '        statements:\n' +
      '          - { sql: select 1 as x, as: orders }',
    [
      "70:39: operations[0].statements[1].statements[0].as: orders is a table's name; " +
        'allowed: another name',
    ],
  ],
  [
    'a value called like a table',
    'draw: { quantity:',
    'draw: { orders: { text: 3 }, quantity:',
    [
      '68:17: operations[0].statements[1].draw.orders: orders is the name of a table; ' +
        'allowed: another name for the value',
    ],
  ],
  [
    'a value without a use',
    `operations:
`,
    'operations:\n' +
      '  - { name: none, kind: read, ' +
      'draw: { amount: { text: 3 } }, ' +
      'sql: select 1 }\n',
    [
      '57:39: operations[0].draw.amount: no statement uses :amount; allowed: draws that ' +
        'are used',
    ],
  ],
  [
    'no transaction that rolls back',
    `operations:
`,
    'operations:\n' +
      '  - { name: none, kind: read, transaction: none, ' +
      'statements: [select 1, rollback] }\n',
    [
      '57:44: operations[0].transaction: found none, but the last statement rolls back; ' +
        'allowed: implicit, interactive',
    ],
  ],
  [
    'a rolled back way round',
    `operations:
`,
    'operations:\n' +
      '  - { name: none, kind: read, ' +
      'sql: select 1, instead: [select 2, rollback] }\n',
    [
      '57:66: operations[0].instead[1]: a way round ends as its operation does; ' +
        'allowed: no ROLLBACK',
    ],
  ],
  [
    'a range of what does not rise',
    `operations:
`,
    'operations:\n' +
      '  - { name: none, kind: read, ' +
      'draw: { users: { rows: 5 } }, ' +
      'sql: "select 1 where :users.region_from = :users.region_to" }\n',
    [
      '57:82: operations[0].sql: a range of users.region is not a range of adjacent ' +
        'rows; allowed: a range of id',
      '57:103: operations[0].sql: a range of users.region is not a range of adjacent ' +
        'rows; allowed: a range of id',
    ],
  ],
  [
    "another repetition's answer",
    '  - name: order_of_tenant',
    '  - { name: none, kind: read, transaction: none, ' +
      'statements: [{ repeat: 2, ' +
      'statements: [{ sql: select 1 as one, as: said }] }, "select :said.one"] }\n' +
      '  - name: order_of_tenant',
    [
      '74:136: operations[1].statements[1]: found :said.one, but said is answered ' +
        'within another repetition; allowed: an answer of the operation itself, or of the ' +
        'same repetition',
    ],
  ],
  [
    'a parameter in a text that is none',
    ':products.id, :quantity)',
    ":products.id, ':x' || :quantiy)",
    [
      '73:97: operations[0].statements[1].statements[1]: found the unknown parameter ' +
        ':quantiy; allowed: :table.column, :draw.column, :new.table.column; the values ' +
        ':quantity; answers :placed.column; did you mean :quantity?',
    ],
  ],
  [
    'an answer called like a value',
    `{ quantity: { number: { min: 1, max: 9, decimals: 0 } } }
        statements:`,
    '{ quantity: { number: { min: 1, max: 9, decimals: 0 } } }\n' +
      '        statements:\n' +
      '          - { sql: select 1 as x, as: quantity }',
    [
      "70:39: operations[0].statements[1].statements[0].as: quantity is a draw's name; " +
        'allowed: another name',
    ],
  ],
  [
    'a draw that is not used',
    'draw: { quantity:',
    'draw: { amount: { text: 5 }, quantity:',
    [
      '68:17: operations[0].statements[1].draw.amount: no statement uses :amount; ' +
        'allowed: draws that are used',
    ],
  ],
  [
    'a draw of no table',
    'draw: { quantity:',
    'draw: { some: { rows: 5 }, quantity:',
    [
      '68:23: operations[0].statements[1].draw.some: found "some"; allowed: tenants, ' +
        'users, products, orders, lines (as `table`, where the name is another)',
    ],
  ],
  [
    'a draw of an unknown draw',
    'draw: { quantity:',
    'draw: { users: { of: order }, quantity:',
    [
      '68:30: operations[0].statements[1].draw.users.of: found "order"; allowed: users, ' +
        'tenants, products, orders, lines; did you mean orders?',
    ],
  ],
] satisfies [string, string, string, string[]][])('%s', (_, text, instead, faults) => {
  expect(shopScenario).toContain(text);
  expect(faultsOf(shopScenario.replace(text, instead))).toStrictEqual(faults);
});
