import { expect, test } from 'vitest';
import { beginReadOnly, marked } from '../../postgres/transaction-limits.ts';
import type { LogEntry } from '../entries/log-entry.ts';
import { UnparsedCounts } from '../unparsed-counts.ts';
import { LoggedStatements } from './logged-statements.ts';

type Said = Partial<LogEntry> & { readonly message: string };

function statementsOf(...entries: readonly Said[]): LoggedStatements & { reasons: string[] } {
  const unparsed = new UnparsedCounts();
  const statements = new LoggedStatements(unparsed);
  for (const [index, entry] of entries.entries()) {
    statements.add({
      line: index + 1,
      session: 'a',
      database: null,
      atMs: index,
      severity: 'log',
      detail: null,
      statement: null,
      raised: false,
      ...entry,
    });
  }
  statements.end();
  return Object.assign(statements, { reasons: unparsed.list(0).map(({ reason }) => reason) });
}

const shown = (statements: LoggedStatements): unknown =>
  statements
    .take()
    .map(({ line, sql, durationMs, parameters }) => [line, sql, durationMs, parameters]);

test('a duration in a later line belongs to the last statement of its session', () => {
  const statements = statementsOf(
    { message: 'statement: select 1' },
    { message: 'statement: select 2', session: 'b' },
    { message: 'duration: 1.500 ms' },
    // Of parse and bind, which log_duration shows without their text.
    { message: 'duration: 0.100 ms' },
    { message: 'execute <unnamed>: select $1', detail: "Parameters: $1 = '5'" },
    { message: 'duration: 2.500 ms', session: 'b' },
    { message: 'duration: 3.500 ms' },
  );
  expect(shown(statements)).toEqual([
    [1, 'select 1', 1.5, null],
    [2, 'select 2', 2.5, null],
    [5, 'select $1', 3.5, ['5']],
  ]);
  expect(statements.counts).toMatchObject({ statements: 3, durationsAlone: 1 });
});

test('where lines do not tell sessions, durations in later lines belong to nobody', () => {
  const statements = statementsOf(
    { message: 'statement: select 1', session: '' },
    { message: 'duration: 1.500 ms', session: '' },
  );
  expect(shown(statements)).toEqual([[1, 'select 1', null, null]]);
  expect(statements.counts.durationsAlone).toBe(1);
});

test('statements that fail are counted, and only those', () => {
  const failed = { severity: 'error', message: 'division by zero' } as const;
  const statements = statementsOf(
    { message: 'statement: select 1' },
    // It was never logged, for it cannot be read.
    { ...failed, statement: 'selekt' },
    { message: 'statement: select 1/0' },
    { ...failed, statement: 'select 1/0' },
    { message: 'statement: select 2' },
    { severity: 'error', message: 'terminating connection due to administrator command' },
  );
  expect(shown(statements)).toEqual([
    [1, 'select 1', null, null],
    [5, 'select 2', null, null],
  ]);
  expect(statements.counts).toMatchObject({ failedStatements: 2, otherMessages: 1 });
});

test('parse, bind, fetches, plans, fast paths and what code raised are no statements', () => {
  const statements = statementsOf(
    { message: 'duration: 0.1 ms  parse <unnamed>: select $1' },
    { message: 'duration: 0.1 ms  bind <unnamed>: select $1', detail: "Parameters: $1 = '1'" },
    { message: 'duration: 0.1 ms  execute fetch from s/c: select $1' },
    { message: 'duration: 0.1 ms  plan:\nQuery Text: select 1' },
    { message: 'duration: 0.1 ms  fastpath function call: "lo_open" (OID 952)' },
    { message: 'statement: drop table users', raised: true },
    { message: 'duration: soon ms  statement: select 1' },
    { message: 'checkpoint starting: time' },
  );
  expect(shown(statements)).toEqual([]);
  expect(statements.counts).toEqual({
    statements: 0,
    ownStatements: 0,
    preparations: 2,
    fetches: 1,
    plans: 1,
    fastpathCalls: 1,
    failedStatements: 0,
    durationsAlone: 0,
    otherMessages: 2,
  });
  expect(statements.reasons).toEqual(['a duration in a form that is not known']);
});

test.each([
  ['execute <unnamed>: select 1', 'select 1'],
  ['execute S_1/C_2: select 1', 'select 1'],
  ['execute user: by id: select 1', 'select 1'],
  ["execute q: /* a: b */ select ': '", "/* a: b */ select ': '"],
  ['execute q: unknown words: select 1', 'select 1'],
])('%s: the name ends where the SQL begins', (message, sql) => {
  expect(shown(statementsOf({ message }))).toEqual([[1, sql, null, null]]);
});

test('what SQL has prepared and the protocol executes is the statement without its PREPARE', () => {
  const statements = statementsOf(
    {
      message:
        'duration: 1.000 ms  execute s_5: prepare s_5 as select a from t where b = $1 and c = $2',
      detail: "Parameters: $1 = '5', $2 = NULL",
    },
    { message: 'execute "S 6": PREPARE "S 6" (numeric(10, 2), text[]) AS\nupdate t set a = $1;' },
    { message: 'execute a: prepare_all_of as x' },
    // To prepare is not to run.
    { message: 'statement: prepare s_7 as select 1' },
  );
  expect(shown(statements)).toEqual([
    [1, 'select a from t where b = $1 and c = $2', 1, ['5', null]],
    [2, 'update t set a = $1', null, null],
    [3, 'prepare_all_of as x', null, null],
    [4, 'prepare s_7 as select 1', null, null],
  ]);
});

test('statements of this program itself do not count', () => {
  const statements = statementsOf(
    { message: `duration: 1.000 ms  statement: ${beginReadOnly}` },
    { message: `execute <unnamed>: ${marked('select count(*) from orders')}` },
    { message: 'duration: 3.000 ms' },
    { message: `duration: 9.000 ms  statement: select count(*) from orders` },
  );
  expect(shown(statements)).toEqual([[4, 'select count(*) from orders', 9, null]]);
  expect(statements.counts).toMatchObject({ statements: 1, ownStatements: 2 });
});

test('EXECUTE stands for what was prepared', () => {
  const detail =
    'prepare: PREPARE "by id" (int, text) AS select * from t where id = $1 and b = $2;';
  const run = (sql: string): unknown =>
    shown(statementsOf({ message: `statement: ${sql}`, detail }));
  const prepared = 'select * from t where id = $1 and b = $2';
  expect(run(`EXECUTE "by id"(5, 'it''s')`)).toEqual([[1, prepared, null, ['5', "it's"]]]);
  expect(run(`execute "by id" ( -1.5::numeric , null );`)).toEqual([
    [1, prepared, null, ['-1.5', null]],
  ]);
  expect(run(`execute "by id" (now(), 1)`)).toEqual([[1, prepared, null, null]]);
});

test('values that log_parameter_max_length has cut are not known', () => {
  const message = 'execute <unnamed>: select $1';
  const detail = (value: string): string => `parameters: $1 = '${value}'`;
  const cut = statementsOf(
    { message, detail: detail('abcd...') },
    { message, detail: detail('abc') },
    { message, detail: detail('äb...') },
  );
  expect(shown(cut)).toEqual([
    [1, 'select $1', null, null],
    [2, 'select $1', null, ['abc']],
    [3, 'select $1', null, null],
  ]);
  expect(cut.reasons.join()).toContain('log_parameter_max_length');
  const whole = statementsOf(
    { message, detail: detail('a value of this length shows that none is cut') },
    { message, detail: detail('to be continued...') },
  );
  expect(whole.reasons).toEqual([]);
});

test('behind a statement that runs for very long the others go ahead, and none is lost', () => {
  const entries: Said[] = [{ message: 'statement: select pg_sleep(9)', session: 'long' }];
  for (let index = 0; index < 25_000; index += 1) {
    entries.push({ message: `duration: 1 ms  statement: select ${index}` });
  }
  entries.push({ message: 'duration: 9000 ms', session: 'long' });
  const records = statementsOf(...entries).take();
  expect(records).toHaveLength(25_001);
  expect(records.find(({ session }) => session === 'long')?.durationMs).toBe(9000);
  const others = records.filter(({ session }) => session === 'a').map(({ line }) => line);
  expect(others).toEqual(others.toSorted((a, b) => a - b));
});

test('many sessions that wait are let go, none is lost', () => {
  const entries = Array.from({ length: 10_050 }, (_, index) => ({
    message: `statement: select ${index}`,
    session: String(index),
  }));
  expect(statementsOf(...entries).take()).toHaveLength(10_050);
});
