import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanSql, writtenAt } from './sql-scan.ts';

describe('parameters', () => {
  test.each([
    ['select :a', 'select $1', ['a']],
    ['select :a, :b, :a', 'select $1, $2, $1', ['a', 'b']],
    ['select :a::text', 'select $1::text', ['a']],
    ['select x:::a', 'select x::$1', ['a']],
    ['f(x := :a)', 'f(x := $1)', ['a']],
    ['select :other.a, :a', 'select $1, $2', ['other.a', 'a']],
    ['select :a.b', 'select $1.b', ['a']],
    ['= any(:a_list)', '= any($1)', ['a_list']],
    ['select x[1:2]', 'select x[1:2]', []],
    ['select \'{"a":1}\'::jsonb -> :a', 'select \'{"a":1}\'::jsonb -> $1', ['a']],
  ])('%s', (sql, text, names) => {
    expect(scanSql(sql)).toMatchObject({ text, names });
  });
});

test('a place in the statement with numbers is one in the statement as written', () => {
  const written = 'select :tenant_id, x from t where :tenant_id = :other.id and y';
  const scan = scanSql(written);
  expect(scan.text).toBe('select $1, x from t where $1 = $2 and y');
  for (const [found, of] of [
    ['$1, x', ':tenant_id, x'],
    ['x from', 'x from'],
    ['$1 =', ':tenant_id ='],
    ['$2', ':other'],
    ['y', 'y'],
  ] as const) {
    expect(writtenAt(scan, scan.text.indexOf(found))).toBe(written.indexOf(of));
  }
  expect(writtenAt(scan, scan.text.length)).toBe(written.length);
  expect(writtenAt(scanSql('select :a_list'), 'select $1'.length)).toBe('select :a_list'.length);
});

const opaque = [
  "':a'",
  "'it''s :a'",
  "'back\\'",
  "E'it\\'s :a'",
  "e'\\\\'",
  "E'one'\n  ':a\\' still'",
  "E'one' -- ':b\n ':a\\' still'",
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
    expect(scanSql(`select ${sql}`)).toMatchObject({
      text: `select ${sql}`,
      names: [],
      verb: 'select',
      faults: [],
    });
  });

  test('an escape string swallows an escaped quote, a plain one does not', () => {
    expect(scanSql("select E'\\' :a' :b").names).toStrictEqual(['b']);
    expect(scanSql("select '\\' :a, ' :b'").names).toStrictEqual(['a']);
  });

  test('an identifier that ends in e does not make an escape string', () => {
    expect(scanSql("select some'\\' :a").names).toStrictEqual(['a']);
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
    expect(scanSql(sql).faults).toContain(fault);
  });

  test('a last semicolon and comments after it are no second statement', () => {
    expect(scanSql('select 1; -- done\n/* really */ ').faults).toStrictEqual([]);
  });
});

test.each([
  ['insert into t values (1)', 'insert'],
  ['  /* first */ -- then\n INSERT into t', 'insert'],
  ['with x as (select 1) select 2', 'with'],
  ['(select 1)', 'select'],
])('%s begins with %s', (sql, verb) => {
  expect(scanSql(sql).verb).toBe(verb);
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
      const scan = scanSql(`select ${written.join(' , ')}`);
      expect(scan.text).toBe(`select ${expected.join(' , ')}`);
      expect(scan.names).toStrictEqual(names);
      expect(scan.faults).toStrictEqual([]);
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
      const { text, names } = scanSql(sql);
      const nameOf = (_: string, digits: string) => `:${names[Number(digits) - 1]}`;
      expect(text.replaceAll(/\$(\d+)/g, nameOf)).toBe(sql);
    }),
    { seed: 3, numRuns: 2000 },
  );
});

test('a long statement with an open quote is refused in linear time', () => {
  const sql = `select '${"''".repeat(200_000)}`;
  expect(scanSql(sql).faults).toHaveLength(1);
});
