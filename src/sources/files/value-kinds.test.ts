import { expect, test } from 'vitest';
import { kindOfValues } from './value-kinds.ts';

test.each([
  ['BIGINT', ['0', '-5', '9223372036854775807']],
  ['DOUBLE', ['1', '2.50', '-0.5', '1e-7', '.5', '3.']],
  ['DATE', ['2024-02-29', '1999-01-01']],
  ['TIMESTAMP', ['2024-01-01 10:00:00', '2024-01-01T10:00', '2024-01-01']],
  ['TIMESTAMPTZ', ['2024-01-01 10:00:00+00', '2024-01-01T10:00:00.123Z']],
  ['TIME', ['10:00', '23:59:59.5']],
  ['UUID', ['0190B2A4-0000-7000-8000-00000000000a']],
  ['BOOLEAN', ['t', 'f', 'true', 'FALSE']],
  ['BIGINT', [' 7', '8 ']],
])('values that are %s', (kind, values) => {
  expect(kindOfValues(values)?.duckdb).toBe(kind);
});

test.each([
  ['nothing', []],
  ['zeros before digits are part of a code', ['007', '8']],
  ['an integer that a double would change', ['12345678901234567890']],
  ['not a number', ['1', 'nan']],
  ['an infinite one', ['inf']],
  ['underscores', ['1_000']],
  ['hexadecimal', ['0x1F']],
  ['a date in another order', ['31/12/2024']],
  ['times with and without a zone', ['2024-01-01 10:00', '2024-01-01 10:00Z']],
])('text: %s', (_, values) => {
  expect(kindOfValues(values)).toBeNull();
});
