import { expect, test } from 'vitest';
import type { KeyLoad } from '../../../profile/evidence.ts';
import { loadGrammar } from '../../../sql/grammar.ts';
import type { LogRecord } from '../log-record.ts';
import { type KeyBinder, KeyObserver, type KeyOptions, type ObservedKey } from './key-observer.ts';
import { recordsOf } from './record-fixture.ts';

const grammar = await loadGrammar();

/** Finds `tenant = $n`, `tenant in ($n)`, the first value of an INSERT; and with it `id`. */
const binder: KeyBinder = {
  parametersOf: (sql) => {
    const tenant = /tenant (?:=|in) \(?\$(\d+)|values \(\$(\d+)/.exec(sql);
    const id = /\bid = \$(\d+)/.exec(sql);
    const number = tenant === null ? null : Number(tenant[1] ?? tenant[2]);
    return [
      number === null ? null : [number],
      number === null || id === null ? null : [number, Number(id[1])],
    ];
  },
};

function loads(
  records: readonly LogRecord[],
  options: Partial<KeyOptions> = {},
  keys: readonly ObservedKey[] = [{ key: 'tenant' }, { key: 'tenant+id' }],
): KeyLoad[] {
  const time = { fromMs: 0, toMs: 1000 * records.length };
  const base = { grammar, renamed: (sql: string) => sql, binder, time, oneSession: false };
  const observer = new KeyObserver(keys, { ...base, ...options });
  for (const record of records) observer.add(record);
  return observer.finish();
}

const topOf = (load: KeyLoad | undefined): string[] =>
  (load?.top ?? []).map(({ value, count }) => `${value.replace('\u001f', '/')}: ${count}`);

test('load by value is that of operations, of literals and of parameters alike', () => {
  const bound = { sql: 'select a from t where tenant = $1 and id = $2', parameters: ['7', '1'] };
  const [first] = recordsOf(['a: select']);
  const records = [
    ...recordsOf([
      'a: select a from t where tenant = 7 and id = 1',
      "a: select a from t where tenant = '8'",
      'a: select a from t where other = 9',
    ]),
    { line: 4, session: 'b', atMs: 3000, durationMs: 1, ...bound },
    { line: 5, session: 'b', atMs: 3000, durationMs: 1, ...bound, parameters: null },
    { line: 6, session: 'b', atMs: 3000, durationMs: 1, ...bound, parameters: [null, '1'] },
  ];
  expect(first?.session).toBe('a');
  const [tenant, both] = loads(records);
  expect(topOf(tenant)).toEqual(['7: 2', '8: 1']);
  expect(topOf(both)).toEqual(['7/1: 2']);
  expect(tenant).toMatchObject({ basis: 'observed', counted: 3, distinct: 2, pairs: 2 });
  expect(tenant?.transactions).toEqual({ several: 0, all: 3 });
  expect(tenant?.top[0]?.overTime.reduce((sum, count) => sum + count, 0)).toBe(2);
});

test('a transaction counts once, by its first value; others make it one of several', () => {
  const [tenant] = loads(
    recordsOf([
      'a: begin',
      'a: select a from t where other = 1',
      'a: select a from t where tenant = 1',
      'b: select a from t where tenant = 2',
      'a: select a from t where tenant = 1',
      'a: commit',
      'a: begin',
      'a: select a from t where tenant = 1',
      'a: select a from t where tenant = 3',
      'a: rollback',
      'c: begin',
      'c: select a from t where tenant = 4',
    ]),
  );
  expect(topOf(tenant)).toEqual(['1: 2', '2: 1', '4: 1']);
  expect(tenant?.transactions).toEqual({ several: 1, all: 4 });
});

test.each([
  ['select a from t where tenant in (5, 6, 7)', '5: 1', 1],
  ['select a from t where tenant in (5, 5)', '5: 1', 0],
  ["select a from t where tenant = any ('{5,6}'::int[])", '5: 1', 1],
  ["select a from t where tenant = any ('{5}')", '5: 1', 0],
  ['insert into t values (5, 1), (6, 2)', '5: 1', 1],
  ['insert into t values (5, 1), (5, 2)', '5: 1', 0],
  ['select a from t where tenant = 5; select a from t where tenant = 6', '5: 1', 1],
])('%s', (sql, top, several) => {
  const [tenant] = loads(recordsOf([`a: ${sql}`]));
  expect(topOf(tenant)).toEqual([top]);
  expect(tenant?.transactions).toEqual({ several, all: 1 });
});

test.each([
  ['select a from t where tenant in ($1, $2)', ['5', '6'], 1],
  ['select a from t where tenant in ($1, $2)', ['5', '5'], 0],
  ['select a from t where tenant = any ($1::int[])', ['{5,6}'], 1],
  [
    'insert into t (tenant, b) values ($1, $2), ($3, $4), ($5, $6)',
    ['5', '1', '5', '2', '6', '3'],
    1,
  ],
  ['insert into t (tenant, b) values ($1, $2), ($3, $4)', ['5', '1', '5', '2'], 0],
])('%s with %j', (sql, parameters, several) => {
  const [tenant] = loads([{ line: 1, session: 'a', atMs: 0, durationMs: 1, sql, parameters }]);
  expect(topOf(tenant)).toEqual(['5: 1']);
  expect(tenant?.transactions).toEqual({ several, all: 1 });
});

test('a literal behind a shortened list is found, however long that is', () => {
  const [tenant] = loads(
    recordsOf([
      'a: select a from t where x in (1, 2, 3, 4) and tenant = 5',
      'a: select a from t where x in (1, 2) and tenant = 6',
      'a: select a from t where x in (1, 2, 3) and tenant = 6',
    ]),
  );
  expect(topOf(tenant)).toEqual(['6: 2', '5: 1']);
});

test('without sessions each statement stands alone', () => {
  const records = recordsOf([
    'begin',
    'select a from t where tenant = 1',
    'select a from t where tenant = 2',
    'commit',
  ]);
  const [tenant] = loads(records);
  expect(tenant).toMatchObject({ counted: 2, transactions: null });
  const [together] = loads(records, { oneSession: true });
  expect(together).toMatchObject({ counted: 1, transactions: { several: 1, all: 1 } });
});

test('without times there is no load by time', () => {
  const [tenant] = loads(recordsOf(['a: select a from t where tenant = 1']), { time: null });
  expect(tenant?.top[0]?.overTime).toEqual([]);
  expect(tenant?.distinctOverTime).toEqual([]);
});

test('a value has one text, as its type has it', () => {
  const keys = [{ key: 'tenant', types: ['integer'] }, { key: 'tenant+id' }];
  const [tenant] = loads(
    recordsOf(
      ['007', "'7'", '7', "' 7'"].map((value) => `a: select a from t where tenant = ${value}`),
    ),
    {},
    keys,
  );
  expect(topOf(tenant)).toEqual(['7: 4']);
});

test('candidates without a value are left out', () => {
  expect(loads(recordsOf(['a: select 1', 'a: selec', 'a: begin', 'a: commit']))).toEqual([]);
});
