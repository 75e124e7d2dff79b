import fc from 'fast-check';
import { expect, test } from 'vitest';
import { literalValue } from './literal-value.ts';

const valueOf = (sql: string): string => literalValue(sql, 0, sql.length, false);

test.each([
  ["'a'", 'a'],
  ["'it''s'", "it's"],
  ["''", ''],
  ["''''", "'"],
  ["'a'\n'b'", 'ab'],
  ["'a' -- it's\n  'b'", 'ab'],
  ["'a--b'\n'c'", 'a--bc'],
  ["E'a\\'b\\n\\\\'", "a'b\n\\"],
  ["e'\\x41\\102\\u0043\\U00000044'", 'ABCD'],
  ["E'a''b'", "a'b"],
  ["$$it's$$", "it's"],
  ['$a$ $$ $a$', ' $$ '],
  ["U&'d\\0061t\\+000061'", 'data'],
  ["U&'d!0061''!!' uescape '!'", "da'!"],
  ["b'0101'", '0101'],
  ["X'1F'", '1F'],
  ['42', '42'],
  ['007', '7'],
  ['1_000', '1000'],
  ['0x1F', '31'],
  ['0o17', '15'],
  ['0b101', '5'],
  ['0x7FFFFFFFFFFFFFFF', '9223372036854775807'],
  ['1.50', '1.50'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['1e5', '100000'],
  ['1.5e3', '1500'],
  ['1.5e-3', '0.0015'],
  ['12.34E1', '123.4'],
  ['0e0', '0'],
])('%j is %j', (sql, value) => {
  expect(valueOf(sql)).toBe(value);
});

test('a number with a minus before it is negative', () => {
  expect(literalValue('- 5', 2, 3, true)).toBe('-5');
});

test('any text comes back from its quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(valueOf(`'${text.replaceAll("'", "''")}'`)).toBe(text);
      const escaped = text.replaceAll(/[\\']/g, '\\$&');
      expect(valueOf(`E'${escaped}'`)).toBe(text);
    }),
  );
});
