import { expect, test } from 'vitest';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

test('a fault stands at the name as written, by its name', () => {
  const sql = "select '😀', :new.orders.id from a where x :orders.id";
  expect(reader.read(sql).fault).toStrictEqual({
    message: 'syntax error at or near ":orders.id"',
    at: sql.indexOf(':orders.id'),
  });
});

test('what named parameters have wrong is said instead of what the grammar says', () => {
  const { problems, fault, tree } = reader.read("select ':a");
  expect({ problems, fault, tree }).toStrictEqual({
    problems: [{ text: "has a quote (') that is not closed", at: 7 }],
    fault: undefined,
    tree: null,
  });
});

test('a fault within a token that the tokenizer cannot place', () => {
  expect(reader.read('select :a, 1x').fault).toStrictEqual({
    message: 'trailing junk after numeric literal at or near "1x"',
    at: 11,
  });
});

test('SQL as it stands, where a name is none', () => {
  expect(reader.faultOf('create table x (a int,)')).toMatchObject({ at: 22 });
  expect(reader.faultOf('create table x (a int)')).toBeUndefined();
});
