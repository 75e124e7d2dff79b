import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allSteps } from '../../../base/steps.ts';
import { loadGrammar } from '../../../sql/grammar.ts';
import { marked } from '../transaction-limits.ts';
import type { StatementCounters } from './statement-counters.ts';
import { type ReadTemplates, readTemplates } from './templates.ts';

const grammar = await loadGrammar();

const reading = (statements: readonly StatementCounters[]): ReadTemplates =>
  allSteps(readTemplates(statements, { grammar, renamed: (sql) => sql, isTable: () => false }));

let last = 0;
function statement(text: string | null, more: Partial<StatementCounters> = {}): StatementCounters {
  last += 1;
  return { id: `1/${last}`, text, topLevel: true, calls: 1, totalMs: 2, rows: 3, ...more };
}

test('those of several users and with lists of several lengths are one, as the most called', () => {
  const { templates } = reading([
    statement('select * from orders o where id in ($1, $2)', { calls: 5 }),
    statement('select * from orders o where id in ($1, $2, $3)', { calls: 7 }),
    statement('select * from offers o where id in ($1, $2)', { calls: 6 }),
  ]);
  expect(templates).toMatchObject([
    { sql: 'select * from orders o where id in ($1, $2, $3)', calls: 12, totalMs: 4, rows: 6 },
    { sql: 'select * from offers o where id in ($1, $2)', calls: 6 },
  ]);
});

test('a list, which may be on several shards, is told from one value, which is on one', () => {
  const { templates } = reading([
    statement('select * from orders where id = $1', { calls: 9 }),
    statement('select * from orders where id in ($1 /*, ... */)', { calls: 5 }),
    statement('select * from orders where id in ($1)', { calls: 4 }),
  ]);
  expect(templates).toMatchObject([
    { sql: 'select * from orders where id = $1', calls: 13 },
    { sql: 'select * from orders where id = any ($1)', calls: 5 },
  ]);
});

test('comments go, with whatever stands in them', () => {
  const { templates } = reading([
    statement("/* user:'anna' */ select /*+ x */ a from t -- secret"),
  ]);
  expect(templates.map(({ sql }) => sql)).toEqual(['select a from t']);
});

test.each([
  [
    "select a from t where b = 'secret' and c in (5, 6) and d > $$secret$$ order by 1 limit 3",
    'select a from t where b = $1 and c in ($2, $3) and d > $4 order by 1 limit $5',
  ],
  ["declare c cursor for select a from t where b = 'secret'", 'select a from t where b = $1'],
])('literals that the server has kept go: %s', (kept, sql) => {
  expect(reading([statement(kept)]).templates.map((each) => each.sql)).toEqual([sql]);
});

test('what the grammar refuses is listed by its reason, without words of the statement', () => {
  const { unparsed, templates } = reading([
    statement('select secret secret secret from t'),
    statement('select other other other from t'),
  ]);
  expect(templates).toEqual([]);
  expect(unparsed).toEqual([
    { source: 0, line: null, reason: 'syntax error at or near "..."', count: 2 },
  ]);
});

const kinds: readonly StatementCounters[] = [
  statement('select 1 from t'),
  statement('savepoint $1'),
  statement('copy t from stdin'),
  statement('select * from pg_class'),
  statement(marked('select a from t')),
  statement('select b from t', { topLevel: false }),
  statement('<insufficient privilege>', { id: null }),
  statement(null),
  statement('select select'),
];

test('every statement and call is counted once, in whatever order they come', () => {
  const some = fc.array(fc.constantFrom(...kinds), { maxLength: 20 });
  fc.assert(
    fc.property(some, (statements) => {
      const { read, templates, unparsed, hidden, withoutText } = reading(statements);
      const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
      const elsewhere = ['utilityCalls', 'catalogCalls', 'nestedCalls'];
      expect(
        sum(templates.map(({ calls }) => calls)) +
          sum(unparsed.map(({ count }) => count)) +
          sum(elsewhere.map((name) => read[name] ?? 0)) +
          hidden.calls +
          withoutText.calls,
      ).toBe(statements.length);
      expect(read['calls']).toBe(statements.length);
      expect(reading(statements.toReversed()).templates).toEqual(templates);
    }),
  );
});
