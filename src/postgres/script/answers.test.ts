import { expect, test } from 'vitest';
import { Answers, UnknownColumn } from './answers.ts';

const row = (id: string | null) => new Map([['id', id]]);
const id = { kind: 'answer', statement: 2, column: 'id' } as const;

test('the first shard that has a row counts, in whatever order they answer', () => {
  const answers = new Answers();
  answers.keep(2, 3, row('of 3'));
  answers.keep(2, 1, row('of 1'));
  answers.keep(2, 0, null);
  answers.keep(2, 2, row('of 2'));
  answers.keep(1, 0, row('of another statement'));
  expect(answers.value(id)).toBe('of 1');
});

test('a statement that runs again has the answer of its latest run, or none', () => {
  const answers = new Answers();
  answers.keep(2, 0, row('first'));
  answers.forget(2);
  expect(answers.value(id)).toBeNull();
  answers.keep(2, 1, row('second'));
  expect(answers.value(id)).toBe('second');
});

test('NULL is a value, a column that is not there is none', () => {
  const answers = new Answers();
  answers.keep(2, 0, row(null));
  expect(answers.value(id)).toBeNull();
  expect(answers.value({ ...id, column: 'name' })).toBeInstanceOf(UnknownColumn);
});
