import fc from 'fast-check';
import { loadModule, scanSync } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { unitsOfBytes } from '../../../sql/utf8-places.ts';
import { SqlStatements } from './sql-statements.ts';

beforeAll(() => loadModule());

interface Split {
  readonly statements: { readonly sql: string; readonly line: number }[];
  readonly commands: number[];
  readonly data: number[];
  readonly open: number | null;
}

function split(text: string): Split {
  const found: Split = { statements: [], commands: [], data: [], open: null };
  const splitter = new SqlStatements({
    statement: (sql, line) => found.statements.push({ sql, line }),
    command: (line) => found.commands.push(line),
    data: (line) => found.data.push(line),
  });
  for (const [index, line] of text.split('\n').entries()) splitter.line(line, index + 1);
  return { ...found, open: splitter.end() };
}

const sqls = (text: string): string[] => split(text).statements.map(({ sql }) => sql);

test('statements, each with the line of its first word', () => {
  const script = [
    '-- heading; with a semicolon',
    'select 1; select',
    "  'a;b' /* ; /* ; */ ; */ -- ;",
    "  , $$x;$y$;$$, E'\\';', \"a;b\";;",
    '/* left out */ select $1, a$b$;',
    'create rule r as on insert to t do (delete from a; delete from b);',
    'create function f() returns int begin atomic select 1; select 2; end;',
    'select 2',
  ].join('\n');
  expect(split(script)).toEqual({
    statements: [
      { sql: 'select 1', line: 2 },
      {
        sql: `select\n  'a;b' /* ; /* ; */ ; */ -- ;\n  , $$x;$y$;$$, E'\\';', "a;b"`,
        line: 2,
      },
      { sql: 'select $1, a$b$', line: 5 },
      { sql: 'create rule r as on insert to t do (delete from a; delete from b)', line: 6 },
      { sql: 'create function f() returns int begin atomic select 1; select 2; end', line: 7 },
      { sql: 'select 2', line: 8 },
    ],
    commands: [],
    data: [],
    open: null,
  });
});

test('what is psql’s own, and data', () => {
  const script = [
    '\\set x 1',
    'select 1 \\gx',
    'copy t (a) from stdin;',
    "it's; data",
    '\\.',
    'select 2; \\echo done;',
    "select 'a\\b';",
  ].join('\n');
  expect(split(script)).toEqual({
    statements: [
      { sql: 'select 1', line: 2 },
      { sql: 'copy t (a) from stdin', line: 3 },
      { sql: 'select 2', line: 6 },
      { sql: "select 'a\\b'", line: 7 },
    ],
    commands: [1, 6],
    data: [4],
    open: null,
  });
});

test('a quote that never ends is told with the line of its statement', () => {
  expect(split("select 1;\n\nselect 'x;\nselect 2;")).toMatchObject({ open: 3 });
  expect(split('select 1; /* x').open).toBeNull();
});

/** By Postgres' tokenizer: texts between the semicolons that stand outside of brackets. */
function byTokens(text: string): string[] | undefined {
  let tokens: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  try {
    ({ tokens } = scanSync(text));
  } catch {
    return undefined;
  }
  const units = unitsOfBytes(text);
  const found: string[] = [];
  let [start, depth, end] = [-1, 0, 0];
  for (const token of tokens) {
    const word = text.slice(units(token.start), units(token.end));
    if (/^(?:--|\/\*)/.test(word)) continue;
    if (word === '(') depth += 1;
    if (word === ')') depth = Math.max(0, depth - 1);
    if (word === ';' && depth === 0) {
      if (start !== -1) found.push(text.slice(start, end));
      start = -1;
    } else {
      if (start === -1) start = units(token.start);
      end = units(token.end);
    }
  }
  if (start !== -1) found.push(text.slice(start, end));
  return found;
}

const parts = [
  ["'", "''", '"', '$$', '$a$', '$1', 'a$b', '--', '/*', '*/', ';', '\n', ' ', '(', ')', 'E'],
  ['e', 'x', 'select', '1', '=', 'ü', '🐘', '/', '-', '*', "E'", "'a'", '"a"', '::', ','],
].flat();

test('splits as the tokenizer of Postgres does', () => {
  let compared = 0;
  const property = fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 14 }), (drawn) => {
    const text = drawn.join('');
    // The tokenizer takes no empty text.
    const expected = text.trim() === '' ? [] : byTokens(text);
    if (expected === undefined) return;
    compared += 1;
    // Comments behind the last word are kept, and say nothing.
    const found = sqls(text).map((sql) => byTokens(sql)?.join(' ') ?? sql);
    expect(found).toEqual(expected);
  });
  fc.assert(property, { numRuns: 3000 });
  expect(compared).toBeGreaterThan(500);
});
