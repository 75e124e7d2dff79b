import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { vocabularyFixture } from '../../scenario/vocabulary-fixture.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import type { QueryEvidence, Template, TransactionTemplate } from '../evidence.ts';
import { operationYaml } from './operation-yaml.ts';
import { ormScenario } from './orm-fixture.ts';
import { writtenOperations } from './written-operations.ts';

const set = present(parseScenario(ormScenario, 'h.yaml', vocabularyFixture).tables, 'tables');

type Brief = Pick<Template, 'sql'> & Partial<Template>;

function written(
  templates: readonly Brief[],
  { coverage = 1, transactions = [] as readonly TransactionTemplate[] } = {},
) {
  const rest = { fingerprint: '', calls: 100, totalMs: null, rows: null, source: 0, line: null };
  const queries: QueryEvidence = {
    templates: templates.map((each) => Object.assign({ ...rest }, each)),
    seconds: 60,
    transactions,
    perSecond: [],
  };
  return writtenOperations(queries, set, reader, { coverage });
}

const sole = (sql: string, rest: Partial<Template> = {}): string =>
  present(written([{ sql, ...rest }]).operations.map(operationYaml)[0], sql);

describe('what is left out', () => {
  test('says why, and what is no work does not count', () => {
    const { operations, leftOut, coveredShare } = written([
      { sql: 'select * from users where id = $1', calls: 80 },
      { sql: 'select 1', calls: 1000 },
      { sql: 'BEGIN', calls: 1000 },
      { sql: 'select relname from pg_class where oid = $1', calls: 1000 },
      { sql: 'select * from orders_2024 where id = $1', calls: 15 },
      { sql: 'select app.price(id) from tickets where id = $1', calls: 4 },
      { sql: '<insufficient privilege>', calls: 1 },
    ]);
    expect(operations.map(({ name, weight }) => [name, weight])).toStrictEqual([
      ['read_users_by_id', 100],
    ]);
    expect(
      [...leftOut].map(([index, { code, names }]) => [index, code, names?.name]),
    ).toStrictEqual([
      [1, 'template-no-table', undefined],
      [2, 'template-transaction-control', undefined],
      [3, 'template-catalog', undefined],
      [4, 'template-unknown-table', 'orders_2024'],
      [5, 'template-unknown-function', 'app.price'],
      [6, 'template-hidden', undefined],
    ]);
    expect(coveredShare).toBe(0.8);
  });

  test('the heaviest stand for what is asked, the rest is rare', () => {
    const { operations, leftOut, coveredShare } = written(
      [
        { sql: 'delete from comments where id = $1', calls: 1 },
        { sql: 'select * from users where id = $1', calls: 600 },
        { sql: 'select * from labels where id = $1', calls: 399 },
      ],
      { coverage: 0.95 },
    );
    expect(operations.map(({ name, weight }) => [name, weight])).toStrictEqual([
      ['read_users_by_id', 60.06],
      ['read_labels_by_id', 39.94],
    ]);
    expect(coveredShare).toBe(0.999);
    expect(leftOut.get(0)).toMatchObject({
      code: 'template-rare',
      numbers: { calls: 1, callShare: 0.001 },
    });
  });

  test('each kind of work has an operation, which counts for all of its kind', () => {
    const { operations, leftOut, coveredShare } = written(
      [
        { sql: 'select count(*) from tickets', calls: 30 },
        { sql: 'select max(id) from tickets', calls: 10 },
        { sql: 'select * from users where tenant_id = $1 and id = $2', calls: 960 },
      ],
      { coverage: 0.9 },
    );
    expect(operations.map(({ name, weight }) => [name, weight])).toStrictEqual([
      ['read_users_by_tenant_id_id', 96],
      ['count_tickets', 4],
    ]);
    expect(operations.at(1)?.comment).toBe(
      '30 calls, 3 % of all.\nIt stands for rare ones like it, too: 4 % of all.',
    );
    expect(coveredShare).toBe(0.99);
    expect(leftOut.get(1)?.code).toBe('template-rare');
  });

  test('a column that must have a value, where none can be given', () => {
    const sql = 'insert into comments (tenant_id, ticket_id) select tenant_id, id from tickets';
    expect(written([{ sql }]).leftOut.get(0)).toMatchObject({
      code: 'template-column-without-value',
      names: { name: 'id' },
    });
  });
});

test('templates of one fingerprint are one operation', () => {
  const { operations, leftOut } = written([
    { sql: 'select * from users where id in ($1, $2)', fingerprint: 'a', calls: 10 },
    { sql: 'select * from users where id in ($1, $2, $3)', fingerprint: 'a', calls: 30 },
  ]);
  expect(operations.map(({ draw }) => draw)).toStrictEqual([
    { some_users: '{ table: users, rows: 3 }' },
  ]);
  expect(leftOut.size).toBe(0);
});

test('names differ, and say what is done by what', () => {
  const sqls = [
    'select * from tickets where tenant_id = $1 and id = $2',
    'select title from tickets where tenant_id = $1 and id = $2',
    'select count(*) from tickets t join users u on u.id = t.user_id where u.email = $1',
    'insert into labels (id, name) values ($1, $2)',
    'insert into labels (id, name) values ($1, $2) on conflict (id) do update set name = $2',
    'update comments set read = true where ticket_id = $1',
    'delete from jobs where id = $1',
  ];
  const { operations } = written(sqls.map((sql, index) => ({ sql, calls: 100 - index })));
  expect(operations.map(({ name }) => name)).toStrictEqual([
    'read_tickets_by_tenant_id_id',
    'read_tickets_by_tenant_id_id_2',
    'count_tickets_users_by_email',
    'insert_labels',
    'upsert_labels',
    'update_comments_by_ticket_id',
    'delete_jobs_by_id',
  ]);
});

test('the comment has the numbers, LIMIT that of the rows', () => {
  const sql = 'select id from tickets where user_id = $1 limit $2';
  const text = sole(sql, { calls: 1234, totalMs: 617, rows: 12_340 });
  expect(text.split('\n')).toStrictEqual([
    '  # 1,234 calls, 100 % of all, 0.5 ms each on average.',
    '  - name: read_tickets_by_user_id',
    '    kind: read',
    '    weight: 100',
    '    statements:',
    '      - |-',
    '        select id from tickets where user_id = :tickets.user_id limit 10',
  ]);
});

test('no text of a query stays, and what is compared with it is drawn', () => {
  const text = sole("select id from users where email = 'ann@example.org' and age > 77 limit 3");
  expect(text).not.toMatch(/ann|77/);
  expect(text).toContain('email = :users.email and age > :users.age limit 20');
});

test('two rows of one table are of two tenants where the template says two keys', () => {
  const sql =
    'select 1 from users a, users b where a.tenant_id = $1 and b.tenant_id = $2 and a.age = b.age';
  expect(sole(sql)).toContain('users_2: { table: users, remote: 1 }');
});

test('what a key is set to is not what it is asked for by', () => {
  const sql = 'update tickets set tenant_id = $1 where tenant_id = $2 and id = $3';
  expect(sole(sql)).toContain('set tenant_id = :tickets_2.tenant_id where tenant_id = :tickets.');
});

describe('transactions', () => {
  const templates: Brief[] = [
    { sql: 'insert into tickets (id, tenant_id, user_id) values ($1, $2, $3)', calls: 100 },
    { sql: 'select name from labels where id = $1', calls: 320 },
    { sql: 'insert into ticket_labels (ticket_id, label_id) values ($1, $2)', calls: 300 },
    { sql: 'set application_name to $1', calls: 100 },
  ];
  const step = (template: number, repeats = 1) => ({ template, repeats });
  const transactions: TransactionTemplate[] = [
    { steps: [step(3), step(0), step(1), step(2), step(1), step(2)], count: 50 },
    {
      steps: [step(0), step(1), step(2), step(1), step(2), step(1), step(2), step(1), step(2)],
      count: 50,
    },
    { steps: [step(1)], count: 20 },
  ];

  test('that differ in their repetitions are one operation, the rest stands by itself', () => {
    const { operations, coveredShare } = written(templates, { transactions });
    expect(operations.map(operationYaml).join('\n').split('\n').filter(isOfShape)).toStrictEqual([
      '  # 100 transactions of 700 calls, 97.2 % of all.',
      '  # Here it has values of status, title, price, priority, data, due_on, created_at, which',
      '  # the database fills itself.',
      '  # A value that has to be unique may be there already (23505).',
      '  - name: write_tickets_ticket_labels',
      '    weight: 83.33',
      '    transaction: interactive',
      '      - |-',
      '      - repeat: 2..4',
      '          - |-',
      '            select name from labels where id = :labels.id',
      '          - |-',
      '  # 20 calls, 2.8 % of all.',
      '  - name: read_labels_by_id',
      '    weight: 16.67',
      '      - |-',
      '        select name from labels where id = :labels.id',
    ]);
    expect(coveredShare).toBe(1);
  });

  test('of which only the mean of their repetitions is known', () => {
    const steps = [step(0), step(1, 2.52), step(2, 2.52)];
    const seen = [{ steps, count: 100 }];
    const [operation] = written(templates, { transactions: seen }).operations;
    expect(operation?.statements.slice(1)).toMatchObject([
      { repeat: '1..4', statements: [expect.stringMatching(/^select/), expect.any(String)] },
    ]);
  });

  test('new rows hang on the new row of the same transaction', () => {
    const [operation] = written(templates, { transactions }).operations;
    const text = operationYaml(present(operation, 'operation'));
    expect(text).toMatch(
      /values \(:new\.tickets\.id, :new\.tickets\.tenant_id,\s+:new\.tickets\.user_id,/,
    );
    expect(text).toMatch(
      /values \(:new\.ticket_labels\.ticket_id,\s+:new\.ticket_labels\.label_id\)/,
    );
    expect(text).toContain(
      'has values of status, title, price, priority, data, due_on, created_at',
    );
  });

  test('of which one statement cannot be written are what is left', () => {
    const broken = templates.with(1, { sql: 'select name from tags where id = $1', calls: 320 });
    const { operations, leftOut } = written(broken, { transactions });
    expect(operations.map(({ name }) => name)).toStrictEqual(['write_tickets_ticket_labels']);
    expect(leftOut.get(1)).toMatchObject({ code: 'template-unknown-table' });
  });
});

const isOfShape = (line: string): boolean =>
  /#|name|weight|transaction:|repeat/.test(line) || line.endsWith('    - |-');
