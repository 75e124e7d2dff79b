import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ordersOperations, ordersTable } from '../scenario/orders.ts';
import { loadGrammar } from './grammar.ts';
import { numberParameters } from './named-parameters.ts';

const grammar = await loadGrammar();

test.each([
  ['selct 1', 0, 'syntax error at or near "selct"'],
  ["select 'ä😀' as ö, foo bar baz", 27, 'syntax error at or near "baz"'],
  ['select 1 +', 10, 'syntax error at end of input'],
  ["select 'abc", 7, `unterminated quoted string at or near "'abc"`],
  ['create table x (a int,)', 22, 'syntax error at or near ")"'],
  ['select 1; selct', 10, 'syntax error at or near "selct"'],
  ["select 'ä😀' from a where x $1", 28, 'syntax error at or near "$1"'],
  ['select 1 where now() > interval $2', 32, 'syntax error at or near "$2"'],
  ["select 'a\0'", 9, 'a NUL character, which SQL cannot hold'],
])('%j', (sql, at, message) => {
  expect(grammar.parse(sql)).toStrictEqual({ fault: { message, at } });
});

test.each([
  '',
  '-- nothing',
  'select 1;',
  'select $1::int',
  'merge into a using b on true when matched then delete',
])('%j is SQL', (sql) => {
  expect(grammar.parse(sql)).toHaveProperty('tree');
});

test('too deep a statement is a fault like any other, and the parser is well afterwards', () => {
  for (const sql of [`select 1${'+1'.repeat(50_000)}`, `select ${'('.repeat(20_000)}1`]) {
    expect(grammar.parse(sql)).toHaveProperty('fault.message');
  }
  expect(grammar.parse('select 1')).toHaveProperty('tree.stmts.length', 1);
});

test.each([
  ['select o.a from orders o where o.id = $1', 'select o.a from offers o where o.id = $1'],
  ['update orders o set a = 1', 'update offers o set a = 1'],
  ['delete from a x where id = 1', 'delete from b x where id = 1'],
  ['select 1 from a x, b y where x.i = 1', 'select 1 from b x, a y where x.i = 1'],
  ['select * from t_10', 'select * from t_11'],
  ['select * from one.t', 'select * from other.t'],
  ['select 1 from a x join b y on x.i = y.i', 'select 1 from a x join c y on x.i = y.i'],
])('%s and %s have fingerprints of their own', (one, other) => {
  expect(grammar.fingerprint(one)).not.toBe(grammar.fingerprint(other));
});

test('statements that differ in constants have one fingerprint, what is no SQL has none', () => {
  const one = grammar.fingerprint('select a from t where b in (1, 2) and c = $1');
  expect(one).toMatch(/^[0-9a-f]{16} t$/);
  expect(grammar.fingerprint("select a from t where b in ($1) and c = 'x'")).toBe(one);
  expect(grammar.fingerprint('select a from t where b in (1, 2) and d = $1')).not.toBe(one);
  const deep = `select ${'('.repeat(20_000)}1`;
  for (const sql of [
    'selec',
    '',
    "select 'a",
    'select /*',
    "select E'\\u12'",
    deep,
    'select\0 1',
  ]) {
    expect(grammar.fingerprint(sql), sql.slice(0, 20)).toBeNull();
  }
});

test('the table and the operations of a scenario that has none are SQL', () => {
  const { ddl, indexes } = ordersTable('text');
  const statements = ordersOperations.flatMap((each) => ('sql' in each ? [each.sql] : []));
  expect(statements.length).toBe(ordersOperations.length);
  for (const sql of [...ddl, ...(indexes ?? []), ...statements]) {
    expect(grammar.parse(numberParameters(sql, grammar.tokens(sql)).text), sql).toHaveProperty(
      'tree',
    );
  }
});

test('nothing loads the parser but loadGrammar, so that no other command waits for it', () => {
  const text = readFileSync(new URL('./grammar.ts', import.meta.url), 'utf8');
  const loads = text.split('\n').filter((line) => line.includes("'libpg-query'"));
  expect(loads.filter((line) => !/^import type |await import\(/.test(line))).toEqual([]);
});
