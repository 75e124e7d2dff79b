import { expect, test } from 'vitest';
import { loadGrammar } from '../../sql/grammar.ts';
import { guessedKeys } from './guessed-keys.ts';
import { namesOf } from './names-of.ts';

const grammar = await loadGrammar();

/** Columns of the likeliest key by table, of statements that are called less and less often. */
function keys(...statements: readonly string[]): Record<string, readonly string[] | undefined> {
  const all = statements.flatMap((sql, at) => {
    const names = namesOf(sql, grammar);
    return names === null ? [] : { names, calls: 1000 - at };
  });
  const found = [...guessedKeys(all)].flatMap(([table, own]) =>
    own.slice(0, 1).map(({ columns }) => [table, columns] as const),
  );
  return Object.fromEntries(found);
}

test('what updates and deletes find their rows by', () => {
  const sql = 'update stock set quantity = $1 where w_id = $2 and i_id = $3';
  expect(keys(sql, 'delete from stock where w_id = $1')).toEqual({ stock: ['w_id', 'i_id'] });
});

test('a number of their own comes before all others, and a version is no part of a key', () => {
  expect(
    keys(
      'delete from orders where tenant_id = $1',
      'update orders set a = $1 where tenant_id = $2 and id = $3 and version = $4',
    ),
  ).toEqual({ orders: ['tenant_id', 'id'] });
  expect(keys('select name from users where user_id = $1')).toEqual({ users: ['user_id'] });
  expect(keys('insert into t (a) values ($1) returning id')).toEqual({ t: ['id'] });
});

test('what rows of another table are found by is no key', () => {
  const order = 'update orders set a = $1 where tenant_id = $2 and id = $3';
  expect(keys(order, 'delete from lines where tenant_id = $1 and order_id = $2')).toEqual({
    orders: ['tenant_id', 'id'],
  });
  expect(
    keys(
      'select orders.a from orders join lines on lines.order_id = orders.id where orders.id = $1',
      'delete from orders where id = $1',
    ),
  ).toEqual({ orders: ['id'] });
});

test('a table that others join has the columns for its key by which they do', () => {
  expect(
    keys(
      'select u.a, c.name from users u join countries c on c.code = u.country where u.id = $1',
      'select a from users where id = $1',
    ),
  ).toEqual({ users: ['id'], countries: ['code'] });
});

test('ON CONFLICT is certain', () => {
  expect(
    keys(
      'delete from t where b = $1',
      'insert into t (a, b) values ($1, $2) on conflict (a, b) do nothing',
    ),
  ).toEqual({ t: ['a', 'b'] });
});

test('questions for many rows say nothing of a key', () => {
  expect(keys('select a from t where b = $1', 'select a from t where c > $1')).toEqual({});
});
