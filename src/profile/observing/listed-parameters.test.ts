import { expect, test } from 'vitest';
import { listedParameters } from './listed-parameters.ts';

test.each([
  [
    'select a from t where b in ($1, $2)  and c = $3',
    'select a from t where b in ($1)  and c = $3',
    [[1, [1, 2]]],
    [],
  ],
  ['select a from t where b=any($2::bigint[])', 'select a from t where b in ($2)', [], [2]],
  [
    'select a from t where b = any ($1::character varying(20)[])',
    'select a from t where b in ($1)',
    [],
    [1],
  ],
  [
    'insert into t values ($1, $2), ($3, $4)',
    'insert into t values ($1, $2)',
    [
      [1, [1, 3]],
      [2, [2, 4]],
    ],
    [],
  ],
  [
    'insert into t values ($1, $2), ($3, now())',
    'insert into t values ($1, $2), ($3, now())',
    [],
    [],
  ],
  [
    'select a from t where b in (select c from d where e = $1)',
    'select a from t where b in (select c from d where e = $1)',
    [],
    [],
  ],
  ['select f($1, $2)', 'select f($1, $2)', [], []],
])('%s', (sql, text, lists, arrays) => {
  const found = listedParameters(sql);
  expect(found.sql).toBe(text);
  expect([...found.lists]).toEqual(lists);
  expect([...found.arrays]).toEqual(arrays);
});
