import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

const sound = `name: x
rate: 800/s
strategies: [{ key: tenant_id, router: jump }]
`;

test.each([
  [
    `${sound}operations:\n  - { name: a, kind: read, weight: -1, sql: select 1 }\n`,
    ['5:36: operations[0].weight: found -1; allowed: a weight from 0 to 1,000,000,000'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, weight: 0, sql: select 1 }\n`,
    ['5:3: operations: all weights are zero; at least one must be above zero'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, binds: [tenat_id], sql: select 1 }\n`,
    [
      '5:36: operations[0].binds[0]: found "tenat_id"; allowed: tenant_id, user_id, ' +
        'order_id, region, created_at, total, payload; did you mean tenant_id?',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, binds: [tenant_id], sql: select 1 }\n`,
    ['5:36: operations[0].binds[0]: binds tenant_id, but the sql does not use :tenant_id'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select :tenat_id" }\n`,
    [
      '5:33: operations[0].sql: found the unknown parameter :tenat_id; allowed: ' +
        ':column, :column_list, :column_from, :column_to of tenant_id, user_id, ' +
        'order_id, region, created_at, total, payload; did you mean :tenant_id?',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select :order_id_lst, ` +
      `:ordr_id_list" }\n`,
    [
      '5:33: operations[0].sql: found the unknown parameter :order_id_lst; allowed: ' +
        ':column, :column_list, :column_from, :column_to of tenant_id, user_id, ' +
        'order_id, region, created_at, total, payload; did you mean :order_id_list?',
      '5:33: operations[0].sql: found the unknown parameter :ordr_id_list; allowed: ' +
        ':column, :column_list, :column_from, :column_to of tenant_id, user_id, ' +
        'order_id, region, created_at, total, payload; did you mean :order_id_list?',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select :order_id_list" }\n`,
    [
      '5:33: operations[0].sql: uses :order_id_list, which needs a bind such as { ' +
        'list: order_id, count: 5 }',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select :order_id_from", ` +
      `binds: [{ range: order_id, rows: 5 }] }\n`,
    ['5:66: operations[0].binds[0]: binds order_id, but the sql does not use :order_id_to'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select :total_from, ` +
      `:total_to", binds: [{ range: total, rows: 5 }] }\n`,
    [
      '5:74: operations[0].binds[0]: a range of total is not a range of adjacent rows; ' +
        'allowed: a range of order_id, created_at',
    ],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { tenant_id: tenant, a: { id: uuid4 }, ` +
      `b: { id: uuid7 }, c: { id: snowflake } } }\noperations:\n  - { name: a, kind: read, sql: ` +
      `"select :a_from, :a_to, :b_from, :b_to, :c_from, :c_to", binds: [{ range: b, rows: 5 }, ` +
      `{ range: c, rows: 5 }, { range: a, rows: 5 }] }\n`,
    [
      '6:144: operations[0].binds[2]: a range of a is not a range of adjacent rows; ' +
        'allowed: a range of b, c',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select :tenant_id", ` +
      `binds: [tenant_id, tenant_id] }\n`,
    ['5:73: operations[0].binds[1]: binds tenant_id twice'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select 'x" }\n`,
    ["5:33: operations[0].sql: has a quote (') that is not closed"],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select $1" }\n`,
    ['5:33: operations[0].sql: uses $1; write a name such as :tenant_id'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "select 1; select 2" }\n`,
    ['5:33: operations[0].sql: has several statements; write each of them as its own list item'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: insert into t values (1) }\n`,
    ['5:33: operations[0].sql: begins with INSERT in an operation of kind read'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: "" }\n`,
    ['5:33: operations[0].sql: found ""; allowed: an SQL statement'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read,  }\n`,
    [
      '5:5: operations[0]: found { name, kind }; allowed: { name, kind, weight, binds, ' +
        'sql } or { name, kind, weight, statements }',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, weigth: 3, sql: select 1 }\n`,
    [
      '5:28: operations[0].weigth: found an unknown key; allowed: name, kind, weight, ' +
        'expect, binds, sql; did you mean weight?',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, statements: [] }\n`,
    ['5:40: operations[0].statements: found an empty list; allowed: a list of { binds, sql }'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, statements: [{ sql: select 1, ` +
      `bind: [] }] }\n`,
    [
      '5:58: operations[0].statements[0].bind: found an unknown key; allowed: binds, ' +
        'sql; did you mean binds?',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: select 1, statements: [{ ` +
      `sql: select 1 }] }\n`,
    [
      '5:5: operations[0]: found { name, kind, sql, statements }; allowed: { name, ' +
        'kind, weight, binds, sql } or { name, kind, weight, statements }',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, binds: [{ lst: order_id, count: ` +
      `5 }], sql: select 1 }\n`,
    [
      '5:36: operations[0].binds[0].list: found nothing; allowed: a column, or ' +
        'other.column for a second row',
      '5:38: operations[0].binds[0].lst: found an unknown key; allowed: list, count; ' +
        'did you mean list?',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, binds: tenant_id, sql: select 1 }\n`,
    ['5:35: operations[0].binds: found "tenant_id"; allowed: a list of columns'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, binds: [{ list: order_id, ` +
      `count: 0 }], sql: select 1 }\n`,
    ['5:61: operations[0].binds[0].count: found 0; allowed: a whole number from 1 to 10,000'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: raed, sql: select 1 }\n`,
    ['5:22: operations[0].kind: found "raed"; allowed: read, write; did you mean read?'],
  ],
  [
    `${sound}operations:\n  - { name: 1a, kind: read, sql: select 1 }\n`,
    [
      '5:13: operations[0].name: found "1a"; allowed: a name of letters, digits, - and ' +
        '_ that begins with a letter',
    ],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: select 1, expect: [2350, "57014"] }\n`,
    ['2350', '"57014"'].map(
      (found, at) =>
        `5:${at === 0 ? 52 : 58}: operations[0].expect[${at}]: found ${found}; allowed: ` +
        'SQLSTATEs such as 23505 (in quotes if they begin with 0), or empty if no row may ' +
        'match; not of the classes 00 to 02, 08, 53, 57, 58 and XX, which do not come from ' +
        'the operation itself',
    ),
  ],
  [
    `${sound}operations:\n  - { name: a, kind: write, sql: rollback }\n`,
    ['5:34: operations[0].sql: ROLLBACK may stand only at the end of several statements'],
  ],
  [
    `${sound}operations: []\n`,
    ['4:13: operations: found an empty list; allowed: a list of one or more operations'],
  ],
  [
    `${sound}operations: {}\n`,
    ['4:13: operations: found an empty map; allowed: a list of one or more operations'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: read, sql: select 1 }\n  - { name: a, ` +
      `kind: read, sql: select 2 }\n`,
    ['6:13: operations[1].name: a is also the name of operations[0]'],
  ],
  [
    `${sound}operations:\n  - { name: a, kind: write, binds: [user_id], sql: "insert ` +
      `into orders (user_id) values (:user_id)" }\n`,
    [
      '5:36: operations[0].binds: an INSERT must bind every shard key of the ' +
        'strategies (tenant_id); missing: tenant_id',
    ],
  ],
])('%s', (text, faults) => {
  expect(faultsOf(text)).toStrictEqual(faults);
});
