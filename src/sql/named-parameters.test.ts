import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadGrammar } from './grammar.ts';
import { numberParameters } from './named-parameters.ts';

const grammar = await loadGrammar();
const numbered = (sql: string) => numberParameters(sql, grammar.tokens(sql));
const faultsOf = (sql: string): string[] => numbered(sql).problems.map(({ text }) => text);

describe('parameters', () => {
  test.each([
    ['select :a', 'select $1', ['a']],
    ['select :a, :b, :a', 'select $1, $2, $1', ['a', 'b']],
    ['select :a::text', 'select $1::text', ['a']],
    ['select x:::a', 'select x::$1', ['a']],
    ['f(x := :a)', 'f(x := $1)', ['a']],
    ['select :other.a, :a', 'select $1, $2', ['other.a', 'a']],
    ['select :a.b', 'select $1', ['a.b']],
    ['(:new.orders.id, :new, :a .b)', '($1, $2, $3 .b)', ['new.orders.id', 'new', 'a']],
    [':order,:end -- :x', '$1,$2 -- :x', ['order', 'end']],
    ['select a[1:n], a[:n], a[b:n]', 'select a[1:n], a[$1], a[b:n]', ['n']],
    ['array[:a, 2, f(x)[:b:c], (:c)]', 'array[$1, 2, f(x)[$2:c], ($3)]', ['a', 'b', 'c']],
    ['a[case when b then :c else :d end]', 'a[case when b then $1 else $2 end]', ['c', 'd']],
    ['a[(1):b], a[f(1, :c):d]', 'a[(1):b], a[f(1, $1):d]', ['c']],
    ['a[1/*:c*/:n]', 'a[1/*:c*/:n]', []],
    ["'ä😀' || :ö || '€' || :b", "'ä😀' || $1 || '€' || $2", ['ö', 'b']],
    ["'\u0001\f' || :b", "'\u0001\f' || $1", ['b']],
    ['= any(:a_list)', '= any($1)', ['a_list']],
    ['select x[1:2]', 'select x[1:2]', []],
    ['select \'{"a":1}\'::jsonb -> :a', 'select \'{"a":1}\'::jsonb -> $1', ['a']],
  ])('%s', (sql, text, names) => {
    expect(numbered(sql)).toMatchObject({ text, names });
  });
});

test('a place in the statement with numbers is one in the statement as written', () => {
  const written = 'select :tenant_id, x from t where :tenant_id = :other.id and y';
  const scan = numbered(written);
  expect(scan.text).toBe('select $1, x from t where $1 = $2 and y');
  for (const [found, of] of [
    ['$1, x', ':tenant_id, x'],
    ['x from', 'x from'],
    ['$1 =', ':tenant_id ='],
    ['$2', ':other'],
    ['y', 'y'],
  ] as const) {
    expect(scan.writtenAt(scan.text.indexOf(found))).toBe(written.indexOf(of));
  }
  expect(scan.writtenAt(scan.text.length)).toBe(written.length);
  expect(numbered('select :a_list').writtenAt('select $1'.length)).toBe('select :a_list'.length);
});

const opaque = [
  "':a'",
  "'it''s :a'",
  "'back\\'",
  "E'it\\'s :a'",
  "e'\\\\'",
  "E'one'\n  ':a\\' still'",
  "U&'d\\0061t :a'",
  '":a"',
  '"a "":b"" "',
  '$$ :a $$',
  "$q$ ':a $$ :b $q$",
  "-- :a it's\n",
  '/* :a /* :b */ :c */',
  'a::text',
  'a := 1',
  'x$q$ || y$q$',
  '1e5',
  '[1:2]',
  'ſ: 1',
];

describe('what is left alone', () => {
  test.each(opaque)('%s', (sql) => {
    expect(numbered(`select ${sql}`)).toMatchObject({
      text: `select ${sql}`,
      names: [],
      verb: 'select',
      problems: [],
    });
  });

  test('an escape string swallows an escaped quote, a plain one does not', () => {
    expect(numbered("select E'\\' :a' :b").names).toStrictEqual(['b']);
    expect(numbered("select '\\' :a, ' :b'").names).toStrictEqual(['a']);
  });

  test('an identifier that ends in e does not make an escape string', () => {
    expect(numbered("select some'\\' :a").names).toStrictEqual(['a']);
  });
});

describe('faults', () => {
  test.each([
    ["select ':a", "has a quote (') that is not closed"],
    ['select "a', 'has a quote (") that is not closed'],
    ["select E'a\\'", "has a quote (') that is not closed"],
    ['select $q$ :a $$', 'has a $q$ that does not end'],
    ['select /* /* */ :a', 'has a comment that does not end'],
    ['select $1', 'uses $1; write a name such as :tenant_id'],
    ['select 1; select 2', 'has several statements; write each of them as its own list item'],
    ['-- nothing', 'has no statement'],
    ['', 'has no statement'],
  ])('%s', (sql, fault) => {
    expect(faultsOf(sql)).toContain(fault);
  });

  test('a last semicolon and comments after it are no second statement', () => {
    expect(numbered('select 1; -- done\n/* really */ ').problems).toStrictEqual([]);
  });
});

test.each([
  ['insert into t values (1)', 'insert'],
  ['  /* first */ -- then\n INSERT into t', 'insert'],
  ['with x as (select 1) select 2', 'with'],
  ['(select 1)', 'select'],
])('%s begins with %s', (sql, verb) => {
  expect(numbered(sql).verb).toBe(verb);
});

test('any mixture of parameters and text that hides colons gives the parameters alone', () => {
  const name = fc.constantFrom('a', 'tenant_id', 'order_id_list', 'other.a');
  const part = fc.oneof(
    name.map((parameter) => ({ parameter, text: '' })),
    fc.constantFrom(...opaque).map((text) => ({ parameter: '', text })),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const names = [...new Set(parts.map((each) => each.parameter).filter(Boolean))];
      const written = parts.map((each) => (each.parameter ? `:${each.parameter}` : each.text));
      const expected = parts.map((each) =>
        each.parameter ? `$${names.indexOf(each.parameter) + 1}` : each.text,
      );
      // A comma between two parts: strings next to each other would be one string.
      const scan = numbered(`select ${written.join(' , ')}`);
      expect(scan.text).toBe(`select ${expected.join(' , ')}`);
      expect(scan.names).toStrictEqual(names);
      expect(scan.problems).toStrictEqual([]);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('any text at all is scanned without losing a character', () => {
  // No digits, so that every $n in the outcome is one of ours.
  const piece = fc.constantFrom(...`' " $ $$ E \\ /* */ -- : a : \n`.split(/ /), ' ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const sql = pieces.join('');
      const { text, names } = numbered(sql);
      const nameOf = (_: string, digits: string) => `:${names[Number(digits) - 1]}`;
      expect(text.replaceAll(/\$(\d+)/g, nameOf)).toBe(sql);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('a long statement with an open quote is refused in linear time', () => {
  const sql = `select '${"''".repeat(200_000)}`;
  expect(faultsOf(sql)).toHaveLength(1);
});
