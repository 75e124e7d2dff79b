import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

const sound = `name: x
rate: 800/s
strategies: [{ key: tenant_id, router: jump }]
`;

test.each([
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: tenant, b: tenat } ` +
      `}\noperations: [{ name: a, kind: read, sql: select 1 }]\n`,
    [
      '4:56: schema.columns.b: found "tenat"; allowed: tenant, id, timestamp, { id: uuid7 ' +
        '}, { user: 50 }, { choice: [a, b], per: tenant }, { number: { min: 1, max: 500, ' +
        'decimals: 2 } } or { text: 200 }; did you mean tenant?',
    ],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: id } }\noperations: [{ ` +
      `name: a, kind: read, sql: select 1 }]\n`,
    ['4:40: schema.columns: found { a }; allowed: exactly one column with the generator tenant'],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { A: tenant } }\noperations: [{ ` +
      `name: a, kind: read, sql: select 1 }]\n`,
    [
      '4:42: schema.columns.A: found "A"; allowed: a name of lower-case letters, ' +
        'digits and underscores that begins with no digit',
    ],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: tenant, b: { number: { min: ` +
      `5, max: 1 } } } }\noperations: [{ name: a, kind: read, sql: select 1 }]\n`,
    ['4:81: schema.columns.b.number.max: found 1; allowed: a number not below min'],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: tenant, b: { choice: [] } } ` +
      `}\noperations: [{ name: a, kind: read, sql: select 1 }]\n`,
    ['4:66: schema.columns.b.choice: found an empty list; allowed: a list of one or more texts'],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: tenant, b: { txt: 5 } } ` +
      `}\noperations: [{ name: a, kind: read, sql: select 1 }]\n`,
    [
      '4:58: schema.columns.b.txt: found an unknown key; allowed: id, user, choice, ' +
        'per, number, text; did you mean text?',
    ],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: tenant, b: { choice: [x], ` +
      `per: tennant } } }\noperations: [{ name: a, kind: read, sql: select 1 }]\n`,
    ['4:76: schema.columns.b.per: found "tennant"; allowed: row, tenant; did you mean tenant?'],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: tenant } }\noperations: [{ ` +
      `name: a, kind: read, sql: select 1 }]\n`,
    ['3:21: strategies[0].key: found "tenant_id"; allowed: a'],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: { a: tenant, b: { id: uuid1 } } ` +
      `}\noperations: [{ name: a, kind: read, sql: select 1 }]\n`,
    [
      '4:62: schema.columns.b.id: found "uuid1"; allowed: serial, uuid4, uuid7, snowflake; ' +
        'did you mean uuid4?',
    ],
  ],
  [
    `${sound}schema: { ddl: [], table: "t t", columns: { a: tenant } }\n`,
    [
      '4:16: schema.ddl: found an empty list; allowed: the statements that create the table',
      '4:27: schema.table: found "t t"; allowed: a name of lower-case letters, digits ' +
        'and underscores that begins with no digit',
    ],
  ],
  [
    `${sound}schema: { ddl: [;], table: t, columns: {} }\n`,
    [
      '4:40: schema.columns: found an empty map; allowed: exactly one column with the ' +
        'generator tenant',
    ],
  ],
])('%s', (text, faults) => {
  expect(faultsOf(text)).toStrictEqual(faults);
});
