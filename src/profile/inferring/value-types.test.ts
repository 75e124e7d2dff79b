import { expect, test } from 'vitest';
import { typeOfBoth, typeOfValue } from './value-types.ts';

test.each([
  ['0', 'bigint'],
  ['-42', 'bigint'],
  ['9123456789012345678', 'bigint'],
  ['9999999999999999999', 'numeric'],
  ['12345678901234567890', 'numeric'],
  ['007', 'text'],
  ['1.50', 'numeric'],
  ['1e5', 'numeric'],
  ['', 'text'],
  ['7f1b4c3e-0d5a-4a43-9c11-1f7f3f8f0a11', 'uuid'],
  ['t', 'boolean'],
  ['2026-11-30', 'date'],
  ['2026-11-30 10:00:00.123+00', 'timestamp with time zone'],
  ['2026-11-30T10:00:00Z', 'timestamp with time zone'],
  ['{"a": [1]}', 'jsonb'],
  ['{}', 'jsonb'],
  ['[1, 2]', 'jsonb'],
  ['{1,-2}', 'bigint[]'],
  ['{red,"dark blue"}', 'text[]'],
  [String.raw`\\x00ff`.slice(1), 'bytea'],
  ['a name', 'text'],
  ['x'.repeat(100_000), 'text'],
  [`{"a": "${'x'.repeat(100_000)}"}`, 'jsonb'],
])('%s is of the type %s', (text, type) => {
  expect(typeOfValue(text)).toBe(type);
});

test('a type that takes both, whichever comes first', () => {
  expect(typeOfBoth('bigint', 'numeric')).toBe('numeric');
  expect(typeOfBoth('numeric', 'bigint')).toBe('numeric');
  expect(typeOfBoth('date', 'timestamp with time zone')).toBe('timestamp with time zone');
  expect(typeOfBoth('bigint[]', 'text[]')).toBe('text[]');
  expect(typeOfBoth('uuid', 'bigint')).toBe('text');
  expect(typeOfBoth('uuid', 'uuid')).toBe('uuid');
});
