import { expect, test } from 'vitest';
import { maskedSql, sqlForm } from './masked-sql.ts';

test.each([
  ["select * from t10 where a = 'it''s' and b = 4.5e-3", 'select * from t10 where a = ? and b = ?'],
  [String.raw`select E'a\'b', $$x'y$$, $q$ 1 $q$, $1, "a1 '2'"`, `select ?, ?, ?, $1, "a1 '2'"`],
  ["select 'never ends", 'select ?'],
  ["select 1 -- it's 2\n, 3", "select ? -- it's 2\n, ?"],
])('%s', (sql, masked) => {
  expect(maskedSql(sql)).toBe(masked);
});

test('a form has the same values where the statement has', () => {
  const form = (a: string, b: string): string => sqlForm(`select 1 where a = ${a} or a = ${b}`);
  expect(form('5', '6')).toBe(form('7', '8'));
  expect(form('5', '5')).not.toBe(form('5', '6'));
  expect(form("'5'", "'6'")).not.toBe(form('5', '6'));
  expect(form('5.5', '6')).not.toBe(form('5', '6'));
});
