import { describe, expect, test } from 'vitest';
import { loadGrammar } from '../sql/grammar.ts';
import { mendedTemplate } from './mended-template.ts';
import { noOperation } from './no-operation.ts';

const grammar = await loadGrammar();

describe('mended', () => {
  test.each([
    ['select now() - interval $1', 'select now() - $1::interval'],
    ['select interval $1 day to second(3)', 'select $1::interval day to second(3)'],
    ['select interval (3) $1, $2', 'select $1::interval (3), $2'],
    [
      'select * from a where d >= date $1 and e < date $2 and f = $3',
      'select * from a where d >= $1::date and e < $2::date and f = $3',
    ],
    ['select timestamp with time zone $1', 'select $1::timestamp with time zone'],
    ['select timestamp(3) without time zone $1', 'select $1::timestamp(3) without time zone'],
    [
      'select double precision $1, character varying $2',
      'select $1::double precision, $2::character varying',
    ],
    ['select "My".kind $1 from a', 'select $1::"My".kind from a'],
    ['select numeric(10,2) $1 from a', 'select $1::numeric(10,2) from a'],
    [
      'select a at time zone $1 from b order by c limit $2',
      'select a at time zone $1 from b order by c limit $2',
    ],
    ['select extract($1 from at) from a', 'select date_part($1, at) from a'],
    [
      'select * from a where b in ($1 /*, ... */) and c = $2',
      'select * from a where b = any ($1) and c = $2',
    ],
    ['select * from a where b NOT IN ($1 /*, ... */)', 'select * from a where b <> all ($1)'],
    ['select * from a where b = ANY (ARRAY[$1 /*, ... */])', 'select * from a where b = ANY ($1)'],
    [
      'select * from a where b = ANY (ARRAY[$1 /*, ... */]::int[])',
      'select * from a where b = ANY ($1::int[])',
    ],
    ["select 1 /*action='x',traceparent='00-ab'*/;", 'select 1'],
    ['/* app */ select -- why\n a, /*x*/ b from c ;;', 'select \n a, b from c'],
    ["select '/*, ... */', $1", "select '/*, ... */', $1"],
    [
      'DECLARE c NO SCROLL CURSOR WITH HOLD FOR SELECT a FROM b FOR UPDATE',
      'SELECT a FROM b FOR UPDATE',
    ],
    [
      "declare c cursor for select a from b where c = 'x' and d > 5 and e < date '2020-01-01' " +
        'group by 1 order by 1 desc limit 10',
      'select a from b where c = $1 and d > $2 and e < $3::date ' +
        'group by 1 order by 1 desc limit $4',
    ],
    [
      "prepare p as select a::numeric(4,2) from b where c = $1 and d = 'y'",
      'select a::numeric(4,2) from b where c = $1 and d = $2',
    ],
    [
      'prepare p (int, text) as update a set b = $1 where c = $2;',
      'update a set b = $1 where c = $2',
    ],
  ])('%s', (sql, mended) => {
    expect(mendedTemplate(sql, grammar)).toBe(mended);
    expect(grammar.parse(mended)).toHaveProperty('tree');
    expect(mendedTemplate(mended, grammar)).toBe(mended);
  });

  test('of a text that Postgres takes nothing but the outer blanks goes', () => {
    const sql = 'select "a b", $1::int4\n  from "C" where d like \'/* x */\' and e = $$;$$';
    expect(mendedTemplate(` ${sql}\n`, grammar)).toBe(sql);
  });
});

describe('no operation', () => {
  test.each([
    ['select a from b where c = $1', null],
    ['with x as (insert into a values ($1) returning b) select * from x', null],
    ['merge into a using b on a.c = b.c when matched then delete', null],
    ['<insufficient privilege>', 'hidden'],
    ['select * from a where b = $1 and c in (', 'cut-short'],
    ["select * from a where b = 'abc", 'cut-short'],
    ['select * from a where b = $1 and c =...', 'cut-short'],
    ['selec 1', 'not-parsed'],
    ['select 1; select 2', 'several-statements'],
    ['set application_name to $1', 'session'],
    ['SET LOCAL statement_timeout = $1', 'session'],
    ['BEGIN', 'transaction-control'],
    ['savepoint $1', 'transaction-control'],
    ['FETCH FORWARD $1 FROM c', 'cursor'],
    ['close c', 'cursor'],
    ['copy a (b) from stdin', 'copy'],
    ['explain analyze select 1', 'explain'],
    ['call p($1)', 'procedure'],
    ['do $1', 'procedure'],
    ['execute p(1)', 'execute'],
    ['create table a (b int)', 'definition'],
    ['select a into b from c', 'definition'],
    ['refresh materialized view a', 'utility'],
    ['truncate a', 'utility'],
    ['', 'empty'],
    ['-- nothing', 'empty'],
  ])('%s: %s', (sql, reason) => {
    expect(noOperation(mendedTemplate(sql, grammar), grammar)).toBe(reason);
  });
});
