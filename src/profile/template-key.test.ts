import { expect, test } from 'vitest';
import { templateKey } from './template-key.ts';

test.each([
  'select * from t where id = any ($1)',
  'select * from t where id = ANY($1)',
  'select * from t where id = any(array[$1, $2])',
  'select * from t where id not in ($1,$2)',
  'select * from t where id <> all ($1)',
  'insert into t values ($1, $2), ($3, $4)',
])('%s is told from the one of a single value', (sql) => {
  expect(templateKey(sql, 'f')).not.toBe('f');
});

test.each([
  'select * from t where id = $1',
  'select * from t where id in ($1)',
  'select * from t where id in (select a from u where b = $1)',
  'insert into t values ($1, lower($2), $3)',
])('%s is of one value', (sql) => {
  expect(templateKey(sql, 'f')).toBe('f');
});

test('of lists that were shortened nothing is left in the text', () => {
  expect(templateKey('select * from t where id in ($1)', 'f', true)).not.toBe('f');
});
