import { expect, test } from 'vitest';
import { loadGrammar } from '../../../sql/grammar.ts';
import { statementKind } from './statement-kind.ts';

const grammar = await loadGrammar();

function kindOf(sql: string): string {
  const parsed = grammar.parse(sql);
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  return statementKind(parsed.tree, (name) => name === 'pg_mine');
}

test.each([
  ['template', 'select 1'],
  ['template', 'select * from orders, pg_class'],
  ['template', 'select * from pg_mine'],
  ['template', 'insert into orders values ($1)'],
  ['template', 'merge into a using b on true when matched then delete'],
  ['template', 'with pg_class as (select * from orders) select * from pg_class'],
  ['template', 'select twice($1)'],
  ['template', 'values (1)'],
  ['catalog', 'select * from pg_class join pg_catalog.pg_namespace n on n.oid = relnamespace'],
  ['catalog', 'select * from information_schema.tables'],
  ['catalog', 'select * from public.pg_stat_statements'],
  ['catalog', 'select pg_is_in_recovery()'],
  ['catalog', 'with x as (select * from pg_stat_activity) select * from x'],
  ['utility', 'begin'],
  ['utility', "set work_mem = '1MB'"],
  ['utility', 'copy orders from stdin'],
  ['utility', 'create table t as select 1'],
  ['utility', 'select 1; select 2'],
  ['utility', ''],
])('%s: %s', (kind, sql) => {
  expect(kindOf(sql)).toBe(kind);
});
