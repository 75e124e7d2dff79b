import { expect, test } from 'vitest';
import { faultsOf } from '../faults-fixture.ts';
import { shopScenario } from './shop-fixture.ts';

test.each([
  [
    'a primary key of no column',
    'primary: [order_id, number]',
    'primary: [order_id, nr]',
    [
      '50:25: tables.lines.primary[1]: found "nr"; allowed: tenant_id, order_id, ' +
        'number, product_id, quantity',
    ],
  ],
  [
    'an index of a column twice',
    '[[tenant_id, placed_at]]',
    '[[tenant_id, tenant_id]]',
    ['40:27: tables.orders.indexes[0][1]: tenant_id is in the list twice'],
  ],
  [
    'a foreign key to no table',
    'references: products.id',
    'references: product.id',
    [
      '53:44: tables.lines.foreign[1].references: found "product"; allowed: tenants, ' +
        'users, products, orders, lines; did you mean products?',
    ],
  ],
  [
    'a foreign key to no column',
    'references: products.id',
    'references: products.idd',
    [
      '53:44: tables.lines.foreign[1].references: found "idd"; allowed: id, title, ' +
        'price; did you mean id?',
    ],
  ],
  [
    'a foreign key to what is not unique',
    'references: products.id',
    'references: products.title',
    [
      '53:44: tables.lines.foreign[1].references: products has no primary key or unique ' +
        'constraint on (title); allowed: (id)',
    ],
  ],
  [
    'a foreign key of another type',
    'product_id: { pick: products.id }',
    'product_id: { text: 8 }',
    [
      '53:44: tables.lines.foreign[1].references: product_id is text and products.id is ' +
        'int8; allowed: types that can be compared',
    ],
  ],
  [
    'a foreign key of fewer columns',
    'references: products.id',
    'references: "products(id, title)"',
    [
      '53:44: tables.lines.foreign[1].references: 1 column (product_id) to 2 columns ' +
        '(id, title); allowed: as many as in `columns`',
    ],
  ],
  [
    'set null of what is never NULL',
    'on_delete: cascade',
    'on_delete: set null',
    [
      '52:64: tables.lines.foreign[0].on_delete: set null, but order_id is never NULL; ' +
        'allowed: with `null:` at order_id',
    ],
  ],
  [
    'an unknown generator',
    'number: sequence',
    'number: sequnce',
    [
      '47:15: tables.lines.columns.number: found "sequnce"; allowed: tenant, id, ' +
        'sequence, timestamp, or a map with one of id, user, parent, pick, choice, ' +
        'number, text, padded, words, date, timestamp, sequence, tenant, json, and ' +
        'perhaps null, type and default; or { type, default }; did you mean sequence?',
    ],
  ],
  [
    'an unknown part of a table',
    `    rows: 50
`,
    `    row_count: 50
`,
    [
      '21:5: tables.products.row_count: found an unknown key; allowed: per, rows, ' +
        'columns, primary, unique, foreign, indexes, row',
    ],
  ],
  [
    'a day that there is not',
    'title: { text: 12 }',
    'title: { date: 2024-02-30..2025-01-01 }',
    [
      '24:22: tables.products.columns.title.date: found "2024-02-30..2025-01-01"; ' +
        'allowed: two days from 1970 on, the earlier one first, such as ' +
        '2024-01-01..2026-01-01',
    ],
  ],
  [
    'a weight of nothing',
    '{ eu: 50, us: 30, ap: 20 }',
    '{ eu: 50, us: 0 }',
    [
      '17:39: tables.users.columns.region.choice.us: found 0; allowed: a weight, a ' +
        'number above 0, up to 1,000,000,000',
    ],
  ],
  [
    'a table called tenant',
    `  products:
`,
    `  tenant: { rows: 1, columns: { a: id } }
  products:
`,
    [
      '20:3: tables.tenant: tenant is what `per` calls the tenants themselves; allowed: ' +
        'another name',
    ],
  ],
  [
    'too few values of a choice',
    'primary: [order_id, number]',
    `primary: [order_id, number]
    unique: [quantity]`,
    [
      '51:14: tables.lines.unique[0]: (quantity) has at most 9 different values, but ' +
        'lines has about 24,000 rows; allowed: as many values as rows, or a further ' +
        'column',
    ],
  ],
  [
    'too few words',
    'columns: { id: tenant, name: { words: [bar, ought, able], count: 2 } }',
    'columns: { id: tenant, name: { words: [bar, ought, able], count: 2 } }\n' +
      '    unique: [name]',
    [
      '10:14: tables.tenants.unique[0]: (name) has at most 9 different values, but ' +
        'tenants has about 500 rows; allowed: as many values as rows, or a further column',
    ],
  ],
  [
    'values that would repeat',
    'primary: [order_id, number]',
    'primary: [order_id, product_id]',
    [
      '50:14: tables.lines.primary: (order_id, product_id) is drawn from 400,000 values ' +
        'for each of about 24,000 rows, of which about 720 pairs would agree; allowed: ' +
        'columns that tell rows apart, such as id, padded, or sequence with the key of ' +
        'the parent',
    ],
  ],
  [
    'a number of the parent alone',
    'primary: [order_id, number]',
    'primary: number',
    [
      '50:14: tables.lines.primary: (number) has at most 5 different values, but lines ' +
        'has about 24,000 rows; allowed: as many values as rows, or a further column',
    ],
  ],
  [
    'a primary key that is NULL',
    'number: sequence',
    'number: { sequence: true, null: 0.1 }',
    [
      '50:25: tables.lines.primary[1]: number is NULL in some rows; allowed: columns ' +
        'that never are, without `null:`',
    ],
  ],
  [
    'a circle of foreign keys',
    `    primary: id
    foreign: [{ columns: tenant_id`,
    '    primary: id\n' +
      '    foreign: [{ columns: id, references: orders.id }, { columns: tenant_id',
    [
      '19:15: tables.users.foreign[0]: users -> orders -> users is a circle of tables ' +
        "that need each other's rows (per, pick, foreign keys); allowed: an order in " +
        'which each table can be loaded after those it refers to',
    ],
  ],
  [
    'a circle of parents',
    'per: tenants',
    'per: lines',
    [
      '12:10: tables.users.per: users -> lines -> orders -> users is a circle of tables ' +
        "that need each other's rows (per, pick, foreign keys); allowed: an order in " +
        'which each table can be loaded after those it refers to',
    ],
  ],
  [
    'a pick of itself',
    'title: { text: 12 }',
    'title: { pick: products.title }',
    [
      '24:14: tables.products.columns.title: picks title, which picks from the same ' +
        'table; allowed: another column than that',
    ],
  ],
  [
    'picks of one row that differ',
    `quantity: { number: { min: 1, max: 9, decimals: 0 } }
    primary`,
    'quantity: { number: { min: 1, max: 9, decimals: 0 } }\n' +
      '      user: { pick: users.id, remote: 0.2 }\n' +
      '      region: { pick: users.region }\n' +
      '    primary',
    [
      '50:13: tables.lines.columns.user: all picks of lines from users are of one row, ' +
        'but have `remote` 0.2 and 0; allowed: the same share in all of them',
      '51:15: tables.lines.columns.region: all picks of lines from users are of one ' +
        'row, but have `remote` 0.2 and 0; allowed: the same share in all of them',
    ],
  ],
  [
    'a remote pick without tenants',
    '{ pick: products.id }',
    '{ pick: products.id, remote: 1 }',
    [
      '48:19: tables.lines.columns.product_id: products has no tenants; allowed: no ' +
        '`remote`, or a table with tenants',
    ],
  ],
  [
    'data beside tables',
    'rate: 100/s',
    `rate: 100/s
data: { total: 1GB }`,
    ['3:7: data: found { total }; allowed: nothing, because `tables` say what there is'],
  ],
  [
    'a schema beside tables',
    'rate: 100/s',
    `rate: 100/s
schema: { table: orders }`,
    ['3:9: schema: found { table }; allowed: nothing, because `tables` say what there is'],
  ],
  [
    'a view called like a table',
    'keys:',
    `views: { users: select 1 }
keys:`,
    ['54:10: views.users: users is the name of a table; allowed: another name'],
  ],
  [
    'a view that is no query',
    'keys:',
    `views: { gone: delete from users }
keys:`,
    ['54:16: views.gone: found "delete"; allowed: a query: select, with, values, table'],
  ],
  [
    'a view with a parameter',
    'keys:',
    `views: { one: "select :users.id" }
keys:`,
    ['54:15: views.one: found the parameter :users.id; allowed: none in a view'],
  ],
  [
    'a view of no table',
    'keys:',
    `views: { all_users: select * from user_s }
keys:`,
    ['54:35: views.all_users: there is no table user_s; did you mean users?'],
  ],
] satisfies [string, string, string, string[]][])('%s', (_, text, instead, faults) => {
  expect(shopScenario).toContain(text);
  expect(faultsOf(shopScenario.replace(text, instead))).toStrictEqual(faults);
});
