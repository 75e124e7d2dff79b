import { expect, test } from 'vitest';
import { loadGrammar } from '../../sql/grammar.ts';
import { namesOf } from './names-of.ts';
import { SeenNames } from './seen-names.ts';
import type { StatementNames } from './statement-names.ts';

const grammar = await loadGrammar();

function names(sql: string): StatementNames {
  const found = namesOf(sql, grammar);
  if (found === null) throw new Error(`not taken: ${sql}`);
  return found;
}

/** Columns by table, as several statements show them. */
function tables(...statements: readonly string[]): Record<string, string[]> {
  const seen = new SeenNames();
  for (const each of statements) seen.add(names(each));
  seen.settle();
  return Object.fromEntries([...seen.all()].map(({ key, columns }) => [key, columns.toSorted()]));
}

test.each<[string, Record<string, string[]>]>([
  ['select a, b as c from t where d = $1 order by c, e', { t: ['a', 'b', 'd', 'e'] }],
  [
    'select x.a, y.b from t x join public.u y on x.id = y.t_id',
    { t: ['a', 'id'], u: ['b', 't_id'] },
  ],
  ['select 1 from t join u using (k)', { t: ['k'], u: ['k'] }],
  ['insert into t (a, b) values ($1, $2) returning id', { t: ['a', 'b', 'id'] }],
  ['insert into t values ($1, $2)', { t: ['column1', 'column2'] }],
  [
    'insert into t (a, b) select c, d from u on conflict (a) do update set b = excluded.b',
    { t: ['a', 'b'], u: ['c', 'd'] },
  ],
  ['update t set a = u.a from u where t.id = u.id', { t: ['a', 'id'], u: ['a', 'id'] }],
  ['delete from t using u where t.a = u.b and u.c = $1', { t: ['a'], u: ['b', 'c'] }],
  [
    'with q as (select a from t where b = $1) select q.a, c from q join u on u.a = q.a',
    { t: ['a', 'b'], u: ['a', 'c'] },
  ],
  [
    'select a from t where exists (select from u where u.t_id = t.id and k > $1)',
    { t: ['a', 'id'], u: ['k', 't_id'] },
  ],
  ['select s.n from (select a as n from t) s', { t: ['a'] }],
  ['select a from t union all select b from u order by 1', { t: ['a'], u: ['b'] }],
  ['select t from t where t.ctid = $1', { t: [] }],
  ['select count(*) from pg_class where relname = $1', {}],
  ['select a from generate_series(1, $1) as a', {}],
  ['select "A" from app."T"', { 'app.T': ['A'] }],
  [
    'merge into t using u on t.id = u.id when matched then update set a = u.b ' +
      'when not matched then insert (c) values (u.d)',
    { t: ['a', 'c', 'id'], u: ['b', 'd', 'id'] },
  ],
])('%s', (sql, expected) => {
  expect(tables(sql)).toEqual(expected);
});

test('what other statements say decides about a column that stands alone', () => {
  expect(tables('select b from t join u on t.id = u.id', 'select b from u')).toMatchObject({
    t: ['id'],
    u: ['b', 'id'],
  });
  // And where they do not, the way in which a table calls its columns.
  expect(
    tables('select w_a, d_a from w, d where w_id = $1 and d_id = $1', 'select w_b from w'),
  ).toEqual({
    w: ['w_a', 'w_b', 'w_id'],
    d: ['d_a', 'd_id'],
  });
});

test('parameters of columns, their casts, and columns that are alike', () => {
  const { values, types, alike } = names(
    'update t set a = $1::int4, n = n + $2, at = now() ' +
      'where id in ($3, $4) and k = any($5) and b between $6 and $7 and doc ->> $8 like $9',
  );
  const shown = values.map(({ of, parameter }) => `${of.column} $${parameter}`).toSorted();
  expect(shown).toEqual(['a $1', 'b $6', 'b $7', 'id $3', 'id $4', 'k $5', 'n $2']);
  expect(types.map(({ of, type }) => [of.column, type])).toEqual([
    ['a', 'int4'],
    ['at', 'timestamptz'],
    ['doc', 'jsonb'],
  ]);
  expect(alike).toEqual([]);
  const [joined] = names('select from t, u where t.a = u.b').alike;
  expect(joined?.map(({ tables: of, column }) => `${of.join()}.${column}`)).toEqual(['t.a', 'u.b']);
});

test('columns by which rows are found, of inserts and of ON CONFLICT', () => {
  expect(names('update t set a = $1 where k = $2 and $3 = id').points).toEqual([
    { table: 't', columns: ['k', 'id'], writes: true },
  ]);
  expect(names('select a from t where k = $1').points).toEqual([
    { table: 't', columns: ['k'], writes: false },
  ]);
  for (const sql of [
    'update t set a = $1 where k = $2 or id = $3',
    'update t set a = $1 where k > $2',
    'select a from t where k = $1 order by a',
    'select a from t join u on t.k = u.k where t.id = $1',
  ]) {
    expect(names(sql).points).toEqual([]);
  }
  const { inserts, conflicts } = names(
    'insert into t (a, b, c) values ($1, $2::int8, now()) on conflict (a, b) do nothing',
  );
  expect(inserts).toEqual([{ table: 't', columns: ['a', 'b', 'c'], parameters: [1, 2, null] }]);
  expect(conflicts).toEqual([{ table: 't', columns: ['a', 'b'] }]);
});

test('expressions of thousands of levels say nothing, and do no harm', () => {
  const deep = `select a from t where ${'not '.repeat(6000)} b`;
  expect(() => namesOf(deep, grammar)).not.toThrow();
});
