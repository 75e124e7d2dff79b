import { expect, test } from 'vitest';
import { loadGrammar } from './grammar.ts';

const grammar = await loadGrammar();

test.each([
  ["select ':a", 7],
  ["select 'a''b", 7],
  ["select 'ä', E'a\\", 12],
  ['select "a""', 7],
  ['select 1 /* /* */ :a', 9],
  ['select $q$ $$ $r$ $$', 7],
])('%s is open at %i', (sql, at) => {
  expect(grammar.tokens(sql).open).toMatchObject({ at });
  expect(grammar.tokens(sql).tokens.at(-1)).toMatchObject({ start: at, end: sql.length });
});

test.each(['select :a, 1x, :b', "select :a, E'\\u12', :b", 'select :a, "", :b', 'select :a,\0:b'])(
  '%j is broken, and the tokens before the fault are there',
  (sql) => {
    const { tokens, broken, open } = grammar.tokens(sql);
    expect({ broken, open }).toStrictEqual({ broken: true, open: undefined });
    expect(tokens.map(({ text }) => text).slice(0, 4)).toStrictEqual(['select', ':', 'a', ',']);
    expect(tokens.some(({ text }) => text === 'b')).toBe(false);
  },
);

test('places count UTF-16 units, whatever the text holds', () => {
  const sql = "select 'ä😀€\ud800\u0001' as ö";
  const { tokens } = grammar.tokens(sql);
  expect(tokens.map(({ text }) => text)).toStrictEqual(['select', "'ä😀€\ud800\u0001'", 'as', 'ö']);
  expect(tokens.at(-1)).toMatchObject({ start: sql.length - 1, end: sql.length, kind: 'word' });
});
