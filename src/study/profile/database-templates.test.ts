import { expect, test } from 'vitest';
import { TemplateObserver } from '../../sources/logs/observing/template-observer.ts';
import { loadGrammar } from '../../sql/grammar.ts';
import { DatabaseTemplates, type DatabaseFindings } from './database-templates.ts';

const grammar = await loadGrammar();

/** Of each of the databases in turn one statement. */
function findings(wanted: string | null, databases: readonly (string | null)[]): DatabaseFindings {
  const templates = new DatabaseTemplates(
    wanted,
    () => new TemplateObserver({ grammar, renamed: (sql) => sql, source: 0, oneSession: false }),
  );
  const rest = { session: 'a', atMs: null, durationMs: null, parameters: null };
  for (const [line, database] of databases.entries()) {
    templates.add({ ...rest, line, database, sql: `select a from of_${database}` });
  }
  return templates.finish();
}

function shown({ seen, database, aside, unseen }: DatabaseFindings): unknown {
  const calls = seen.queries.templates.map((each) => [each.sql, each.calls]);
  return [database, calls, aside, unseen.map(({ code }) => code)];
}

test('statements of the database that is read count, wherever they begin', () => {
  const all = ['b', 'b', 'a', 'b', 'a', null];
  expect(shown(findings('a', all))).toEqual([
    'a',
    [['select a from of_a', 2]],
    4,
    ['statements-of-other-databases'],
  ]);
});

test('a log alone: the database with most statements', () => {
  const found = findings(null, ['b', 'a', 'c', 'a', 'b', 'a']);
  expect(shown(found)).toEqual([
    'a',
    [['select a from of_a', 3]],
    3,
    ['statements-of-several-databases'],
  ]);
  expect(found.unseen[0]).toMatchObject({
    names: { database: 'a', others: ['b', 'c'] },
    numbers: { statements: 3, databases: 2 },
  });
});

test('a log that does not tell databases, or has one only, counts as a whole', () => {
  expect(shown(findings('a', [null, null]))).toEqual([null, [['select a from of_null', 2]], 0, []]);
  expect(shown(findings(null, ['a', 'a']))).toEqual(['a', [['select a from of_a', 2]], 0, []]);
  expect(shown(findings('a', ['a']))).toEqual(['a', [['select a from of_a', 1]], 0, []]);
  expect(shown(findings('a', []))).toEqual([null, [], 0, []]);
});

test('a log of another database counts, and says so', () => {
  const found = findings('staging', ['production', 'production', 'postgres']);
  expect(shown(found)).toEqual([
    'production',
    [['select a from of_production', 2]],
    1,
    ['statements-without-the-database'],
  ]);
});

test('of hundreds of databases the first ones may count', () => {
  const many = Array.from({ length: 300 }, (_, number) => `d${number}`);
  const one = findings(null, ['d1', ...many]);
  expect([one.database, one.seen.queries.templates[0]?.calls, one.aside]).toEqual(['d1', 2, 299]);
  const last = findings('d299', many);
  expect([last.database, last.aside]).toEqual(['d299', 299]);
});
