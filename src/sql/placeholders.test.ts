import { expect, test } from 'vitest';
import { readApplicationSql } from './application-sql.ts';
import { loadGrammar } from './grammar.ts';

const grammar = await loadGrammar();
const read = (sql: string) => readApplicationSql(sql, grammar);

test.each([
  ['select 1 where a = $2 and b = $1', 'select 1 where a = $2 and b = $1', ['$1', '$2']],
  ['select 1 where a=? and b = ?', 'select 1 where a=$1 and b = $2', ['mark 1', 'mark 2']],
  ['select 1 limit ? offset ?', 'select 1 limit $1 offset $2', ['mark 1', 'mark 2']],
  ['select 1 where a = %s or b >%s', 'select 1 where a = $1 or b >$2', ['mark 1', 'mark 2']],
  ['select %(a)s, %(b)s, %(a)s', 'select $1, $2, $1', ['%a', '%b', '%a'].slice(0, 2)],
  ['select 1 where a = @id and b = :id', 'select 1 where a = $1 and b = $2', ['@id', ':id']],
  ["select :'v', :a.b", 'select $1, $2', [":'v'", ':a.b']],
  ['select :a, $1', 'select $2, $1', ['$1', ':a']],
  ['select 1 where a in %s', 'select 1 where a in ($1, $2)', ['mark 1', 'mark 1, ...']],
  ['select 1 where a in (?)', 'select 1 where a in ($1)', ['mark 1']],
])('%s', (sql, text, names) => {
  const { fault, ...numbered } = read(sql);
  expect(fault).toBeUndefined();
  expect({ text: numbered.text, names: numbered.names }).toEqual({ text, names });
});

test.each([
  "select j ? 'a', j ?| array['b'], j ?& array['c'], j @? '$.a' from t",
  'select a % s, 7 %s, a[1:n], @ -5, a::int from t',
  "select '?', '%s', ':x', $$ ? $$, \"?\" -- ? %s :x",
  'select a @> b, a <@ b from t',
])('operators and texts of Postgres are no placeholders: %s', (sql) => {
  expect(read(sql)).toMatchObject({ text: sql, names: [] });
});

test('places are those in the SQL as written', () => {
  const sql = 'select * from t where a = %(long_name)s and b = ? and';
  const { fault } = read(sql);
  expect(fault?.at).toBe(sql.length);
});
