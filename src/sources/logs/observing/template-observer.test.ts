import { expect, test } from 'vitest';
import { loadGrammar } from '../../../sql/grammar.ts';
import type { LogRecord } from '../log-record.ts';
import { recordsOf } from './record-fixture.ts';
import {
  type ObservedTemplates,
  TemplateObserver,
  type TemplateOptions,
} from './template-observer.ts';

const grammar = await loadGrammar();

function observed(
  records: readonly LogRecord[],
  options: Partial<TemplateOptions> = {},
): ObservedTemplates {
  const base = { grammar, renamed: (sql: string) => sql, source: 3, oneSession: false };
  const observer = new TemplateObserver({ ...base, ...options });
  for (const record of records) observer.add(record);
  return observer.finish();
}

const sqlOf = ({ queries }: ObservedTemplates): string[] => queries.templates.map(({ sql }) => sql);

const times = (repeats: number): string => (repeats === 1 ? '' : `*${repeats}`);

/** Transactions as texts: `2x 0 1x3`. */
const transactionsOf = ({ queries }: ObservedTemplates): string[] =>
  queries.transactions.map(
    ({ steps, count }) =>
      `${count}x ${steps.map(({ template, repeats }) => `${template}${times(repeats)}`).join(' ')}`,
  );

test('statements that differ in literals are one template, with parameters for them', () => {
  const found = observed(
    recordsOf([
      "a: select * from t where a = 1 and b = 'x' and c = $1",
      "a: select * from t where a = -22 and b = 'it''s' /* why */ and c = $1",
      "b: select * from t where d > interval '1 day' limit 5",
      'b: insert into t values (1, 2), (3, 4), (5, 6)',
      'b: insert into t values (1, 2)',
      'b: select * from t where a in (1, 2, 3)',
      'b: select * from t where a in (1)',
    ]),
  );
  expect(sqlOf(found)).toEqual([
    'select * from t where a = $2 and b = $3 and c = $1',
    'select * from t where d > $1::interval limit $2',
    'insert into t values ($1, $2), ($3, $4)',
    'insert into t values ($1, $2)',
    'select * from t where a = any ($1)',
    'select * from t where a in ($1)',
  ]);
  expect(found.queries.templates[0]).toMatchObject({ calls: 2, totalMs: 4, source: 3, line: 1 });
  expect(found.queries.templates[0]?.latencyMs).toEqual({ p50: 2, p99: null, max: 2 });
  expect(found.queries.seconds).toBe(6);
  expect(found.queries.perSecond).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(found.time).toEqual({ fromMs: 0, toMs: 6000 });
});

test('constants of the grammar’s own neither keep a statement from being read nor leak', () => {
  const found = observed(
    recordsOf([
      "a: select * from json_table('{}'::jsonb, '$.secret' columns (id int path '$.x'))",
      "a: select extract('year' from d) from t where e = 'secret'",
    ]),
  );
  expect(found.unparsed).toEqual([]);
  expect(sqlOf(found)).toHaveLength(2);
  expect(sqlOf(found).join()).not.toContain('secret');
});

test('what cannot be read is counted by reason, with its first line and none of its words', () => {
  const found = observed(
    recordsOf(['a: selec hunter2', "a: select 'hunter2", 'a: select 1 1', 'a: selec hunter2 x']),
  );
  expect(found.unparsed.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(found.unparsed[0]).toEqual({
    source: 3,
    line: 1,
    reason: 'syntax error at or near "..."',
    count: 3,
  });
  expect(JSON.stringify(found)).not.toContain('hunter2');
  expect(found.read['unparsedStatements']).toBe(4);
  const quoted = observed(recordsOf(['a: select "a" "hunter2""x" "b"', 'a: "hunter2""x"']));
  expect(quoted.unparsed).toHaveLength(1);
  expect(JSON.stringify(quoted)).not.toContain('hunter2');
});

test('statements about the session are counted and are no templates', () => {
  const found = observed(
    recordsOf([
      'a: set search_path to x',
      'a: savepoint s1',
      'a: rollback to savepoint s1',
      'a: deallocate pdo_stmt_01',
      'a: create table x (a int)',
      'a: create function f() returns int begin atomic; select 1; select 2; end',
      'a: select * from pg_catalog.pg_class',
      'a: select 1',
    ]),
  );
  expect(sqlOf(found)).toEqual(['select $1']);
  expect(found.read).toMatchObject({ utilityStatements: 6, catalogStatements: 1 });
  expect(found.unparsed).toEqual([]);
});

test('statements about rows that are no templates are said to be left aside', () => {
  const found = observed(
    recordsOf(['a: copy t from stdin', 'a: copy t (b) from stdin', 'a: call f(1)', 'a: select 1']),
  );
  expect(found.unseen).toEqual([
    {
      code: 'statements-without-template',
      names: { kinds: ['CALL', 'COPY'] },
      numbers: { statements: 3, of: 4 },
    },
  ]);
});

test('several statements in one text are each their own, and one transaction', () => {
  const found = observed(recordsOf(['a: select 1; select a from t where b = 2; ;', 'a: select 3']));
  expect(found.queries.templates.map(({ sql, calls, totalMs }) => [sql, calls, totalMs])).toEqual([
    ['select $1', 2, 3],
    ['select a from t where b = $1', 1, 1],
  ]);
  expect(transactionsOf(found).toSorted()).toEqual(['1x 0', '1x 0 1']);
});

test('what follows a statement that is no template counts', () => {
  const found = observed(
    recordsOf([
      'a: create temp table x (a int); select a from x; do $$ begin; end $$; delete from x',
    ]),
  );
  expect(sqlOf(found)).toEqual(['select a from x', 'delete from x']);
  expect(found.read).toMatchObject({ utilityStatements: 2, templateStatements: 2 });
});

test('transactions are told apart by session, and what repeats in them is folded', () => {
  const found = observed(
    recordsOf([
      'a: begin',
      'b: BEGIN ISOLATION LEVEL SERIALIZABLE',
      'a: insert into t values (1)',
      'b: select a from t',
      'a: update t set a = 1',
      'b: rollback',
      'a: insert into t values (2)',
      'b: select a from t',
      'a: update t set a = 2',
      'a: commit and chain',
      'a: select a from t',
      'a: end',
      'c: start transaction',
      'c: select a from t',
    ]),
  );
  expect(sqlOf(found)).toEqual([
    'select a from t',
    'insert into t values ($1)',
    'update t set a = $1',
  ]);
  expect(transactionsOf(found).toSorted()).toEqual(['1x 0', '1x 0', '1x 1*2 2*2']);
  expect(found.read).toMatchObject({
    transactions: 2,
    rolledBackTransactions: 1,
    unfinishedTransactions: 1,
  });
});

test('without sessions a log shows no transactions, but a file of SQL does', () => {
  const records = recordsOf(['begin', 'select 1', 'commit']);
  expect(observed(records).queries.transactions).toEqual([]);
  expect(transactionsOf(observed(records, { oneSession: true }))).toEqual(['1x 0']);
});

test('times that only some statements have are not those of all', () => {
  const [first, second] = [recordsOf(['a: select 1']), recordsOf(['a: select 2'], null)];
  const found = observed([...first, ...second]);
  expect(found.queries.templates[0]).toMatchObject({ calls: 2, totalMs: null });
  expect(found.queries.templates[0]?.latencyMs).toBeUndefined();
});

test('templates beyond the limit are counted together, the frequent ones stay', () => {
  const rare = Array.from({ length: 300 }, (_, i) => `a: select a${i} from t`);
  const often = Array.from({ length: 50 }, () => 'a: select b from t where c = 1');
  const found = observed(recordsOf([...rare, ...often, ...rare]), { templatesMost: 10 });
  expect(found.queries.templates).toHaveLength(10);
  expect(found.queries.templates[0]).toMatchObject({ calls: 50 });
  const kept = found.queries.templates.reduce((sum, { calls }) => sum + calls, 0);
  expect(found.unseen).toEqual([
    {
      code: 'too-many-templates',
      names: {},
      numbers: { templates: 10, statements: 650 - kept, of: 650 },
    },
  ]);
});

test('templates are in the names of the scenario', () => {
  const renamed = (sql: string): string => sql.replaceAll('"Album"', 'album');
  const found = observed(recordsOf(['a: select 1 from "Album"', 'a: select 2 from album']), {
    renamed,
  });
  expect(sqlOf(found)).toEqual(['select $1 from album']);
});
