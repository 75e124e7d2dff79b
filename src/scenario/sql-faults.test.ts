import { describe, expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

const head = 'name: x\nrate: 100/s\nstrategies: [{ key: tenant_id, router: jump }]\n';

/** The text without its marks, and where they stood. */
function marked(text: string): { text: string; places: string[] } {
  const places: string[] = [];
  let rest = text;
  for (let at = rest.indexOf('▲'); at !== -1; at = rest.indexOf('▲')) {
    const lines = rest.slice(0, at).split('\n');
    places.push(`${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    rest = rest.replace('▲', '');
  }
  return { text: rest, places };
}

describe('SQL of an operation, at its line and column', () => {
  test.each([
    ['plain', 'select * ▲form orders where tenant_id = :tenant_id', 'at or near "form"'],
    [
      'a literal block, behind a parameter and characters of two units',
      "|\n      select '😀', *\n        from orders\n      where :tenant_id = tenant_id ▲andd x",
      'at or near "andd"',
    ],
    [
      'a folded block that ends too early',
      '>\n      select * from orders\n      where tenant_id = :tenant_id and▲\n\n',
      'at end of input',
    ],
    [
      'double quotes with escapes',
      String.raw`"select 'ä\u00e4'\n from orders where tenant_id = (:tenant_id▲"`,
      'at end of input',
    ],
    [
      'single quotes',
      "'select ''a'' frm ▲orders where tenant_id = :tenant_id'",
      'at or near "orders"',
    ],
    [
      'at a parameter, by its name',
      'select * from orders where tenant_id ▲:tenant_id',
      'at or near ":tenant_id"',
    ],
  ])('%s', (_name, sql, message) => {
    const { text, places } = marked(
      `${head}operations:\n` +
        '  - name: find\n' +
        '    kind: read\n' +
        '    binds: [tenant_id]\n' +
        `    sql: ${sql}\n`,
    );
    expect(faultsOf(text)).toStrictEqual([
      `${places[0]}: operations[0].sql: the SQL of operation find is wrong: syntax error ` +
        message,
    ]);
  });
});

test('each statement of a transaction, beside other problems', () => {
  const { text, places } = marked(`${head}operations:
  - name: pay
    kind: write
    ▲wieght: 3
    statements:
      - { binds: [tenant_id], sql: "update orders set status = 'x' where tenant_id = :tenant_id" }
  - name: void
    kind: write
    statements:
      - { binds: [tenant_id], sql: "delete ▲orders where tenant_id = :tenant_id" }
      - { binds: [user_id], sql: "delete from orders where user_id = :user_id▲," }
`);
  const last = 'the SQL of operation void is wrong: syntax error at';
  expect(faultsOf(text).map((fault) => fault.replace(/allowed.*;/, '...'))).toStrictEqual([
    `${places[0]}: operations[0].wieght: found an unknown key; ... did you mean weight?`,
    `${places[1]}: operations[1].statements[0].sql: ${last} or near "orders"`,
    `${places[2]}: operations[1].statements[1].sql: ${last} or near ","`,
  ]);
});

test('an alias is looked at where its text stands', () => {
  const { text, places } = marked(`${head}operations:
  - { name: a, kind: read, binds: [], sql: &q "select 1 ▲1" }
  - { name: b, kind: read, binds: [], sql: *q }
`);
  expect(faultsOf(text)).toStrictEqual(
    ['a', 'b'].map(
      (name, index) =>
        `${places[0]}: operations[${index}].sql: the SQL of operation ${name} is wrong: ` +
        'syntax error at or near "1"',
    ),
  );
});

test('the statements that make the table and its indexes', () => {
  const { text, places } = marked(`${head}operations:
  - { name: a, kind: read, binds: [], sql: select 1 }
schema:
  table: t
  columns: { tenant_id: tenant, id: id }
  ddl:
    - create table t (tenant_id text, id int8)
    - |
      create table u (
        a int,
      ▲)
  indexes: ["create ▲indx on t (id)"]
`);
  expect(faultsOf(text)).toStrictEqual([
    `${places[0]}: schema.ddl[1]: the SQL is wrong: syntax error at or near ")"`,
    `${places[1]}: schema.indexes[0]: the SQL is wrong: syntax error at or near "indx"`,
  ]);
});
