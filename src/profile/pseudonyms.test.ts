import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Evidence } from './evidence.ts';
import { userValues } from './pseudonym/user-values.ts';
import { Pseudonyms } from './pseudonyms.ts';

const salted = (salt: string): Pseudonyms => new Pseudonyms({ salt });
const names = salted('first');

const integers = fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }).map(String);
const words = fc.string({ minLength: 1, maxLength: 30 });
const dates = fc.date({ min: new Date(0), max: new Date('2060-01-01'), noInvalidDate: true });
const any: readonly (readonly [type: string, value: fc.Arbitrary<string>])[] = [
  ['bigint', integers],
  ['integer', fc.integer({ min: -2_147_483_647, max: 2_147_483_647 }).map(String)],
  ['smallint', fc.integer({ min: -32_767, max: 32_767 }).map(String)],
  [
    'numeric(12,2)',
    fc.tuple(fc.nat(1e6), fc.nat(99)).map(([a, b]) => `${a}.${String(b).padStart(2, '0')}`),
  ],
  ['uuid', fc.uuid()],
  ['text', words],
  ['character varying(40)', words],
  ['date', dates.map((date) => date.toISOString().slice(0, 10))],
  [
    'timestamp without time zone',
    dates.map((date) => date.toISOString().slice(0, 19).replace('T', ' ')),
  ],
  ['inet', fc.ipV4()],
  ['bytea', fc.uuid().map((id) => `\\x${id.replaceAll('-', '')}`)],
];

test.each(any)('%s: the same for a value, another for another, never the value', (type, values) => {
  fc.assert(
    fc.property(fc.uniqueArray(values, { maxLength: 30 }), (all) => {
      const made = all.map((value) => names.of(value, type));
      expect(new Set(made).size).toBe(new Set(all).size);
      expect(all.map((value) => names.of(value, type))).toEqual(made);
      expect(all.map((value) => salted('first').of(value, type))).toEqual(made);
      for (const [at, value] of all.entries()) expect(made[at]).not.toBe(value);
    }),
    { numRuns: 30 },
  );
});

test('all numbers of a few digits have a number of as many digits each, and none itself', () => {
  for (const [from, to] of [
    [0, 9],
    [10, 99],
    [1000, 1999],
  ] as const) {
    const values = Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
    const made = values.map((value) => names.of(value, 'integer'));
    expect(new Set(made).size).toBe(values.length);
    for (const [at, value] of values.entries()) {
      expect(made[at]).toMatch(/^(?:\d|[1-9]\d+)$/);
      expect(made[at]).toHaveLength(value.length);
      expect(made[at]).not.toBe(value);
    }
  }
});

test('whole numbers stay in the range of their type, with their sign', () => {
  fc.assert(
    fc.property(fc.integer({ min: -32_768, max: 32_767 }), (value) => {
      const made = Number(names.of(String(value), 'smallint'));
      expect(Math.abs(made)).toBeLessThanOrEqual(value === -32_768 ? 99_999 : 32_767);
      expect(Math.sign(made) * Math.sign(value)).toBeGreaterThanOrEqual(0);
    }),
  );
  expect(names.of('-3', 'integer')).toMatch(/^-[1-9]$/);
  expect(BigInt(names.of('9223372036854775807', 'bigint'))).toBeLessThan(2n ** 63n);
});

test('another salt makes others of nearly all values', () => {
  const other = salted('second');
  for (const type of ['bigint', 'uuid', 'text', 'date', 'inet']) {
    const value =
      {
        uuid: '123e4567-e89b-42d3-a456-426614174000',
        text: 'Miller',
        date: '2026-03-01',
        inet: '10.2.3.4',
      }[type] ?? '123456789';
    expect(other.of(value, type), type).not.toBe(names.of(value, type));
  }
});

test('texts become words that have no four characters of theirs in a row', () => {
  expect(names.of('acme gmbh', 'text')).toMatch(/^(?:[a-z]{2}){3}-(?:[a-z]{2}){4}$/);
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('ba', 'do', 'ke', 'li', 'm', 'n', 'o', 'r', 's', 't', 'u'),
        minLength: 2,
      }),
      (value) => {
        const made = names.of(value, 'text');
        for (let at = 0; at + 4 <= value.length; at += 1) {
          expect(made).not.toContain(value.slice(at, at + 4));
        }
        expect(value.length > 1 && value.length < 4 && made.includes(value)).toBe(false);
      },
    ),
  );
});

test('short texts stay short while there are letters enough', () => {
  const countries = ['de', 'fr', 'us', 'uk', 'it'].map((code) => names.of(code, 'character(2)'));
  expect(new Set(countries).size).toBe(5);
  for (const code of countries) expect(code).toMatch(/^[a-z]{2}$/);
  const all = Array.from({ length: 60 }, (_, i) =>
    names.of(String.fromCharCode(200 + i), 'character(1)'),
  );
  expect(new Set(all).size).toBe(60);
});

test('dates and times keep order and distances, but for parts of a second', () => {
  const days = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00Z`) / 86_400_000;
  const [a, b] = ['2024-02-28', '2024-03-01'].map((date) => names.of(date, 'date'));
  expect(days(b ?? '') - days(a ?? '')).toBe(2);
  expect(names.of('2024-02-28 10:11:12.123456+00', 'timestamp with time zone')).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.(?!123456)\d{6}\+00$/,
  );
  expect(names.of('infinity', 'date')).toBe('infinity');
  expect(names.of('10:20:30', 'time without time zone')).toMatch(/^\d\d:\d\d:\d\d$/);
});

test('types keep their forms', () => {
  expect(names.of('true', 'boolean')).toBe('true');
  expect(names.of('shipped', 'enum')).toBe('shipped');
  expect(names.of('123e4567-e89b-12d3-a456-426614174000', 'uuid')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(names.of('{1,22,NULL}', 'integer[]')).toMatch(/^\{\d,\d\d,NULL\}$/);
  expect(names.of('{"a": 1}', 'jsonb')).toMatch(/^"[a-z-]+"$/);
  expect(names.of('\\x0102', 'bytea')).toMatch(/^\\x[0-9a-f]{16}$/);
  expect(names.of('192.168.1.7/24', 'inet')).toMatch(/^\d+\.\d+\.\d+\.\d+\/24$/);
  expect(names.of('2001:db8::1', 'inet')).toMatch(/^fd[0-9a-f:]+$/);
  expect(names.of('0.050', 'numeric')).toMatch(/^0\.0\d\d$/);
  expect(names.of('1.5e-7', 'double precision')).toMatch(/^\d\.\de-7$/);
  expect(names.of('3 days', 'interval')).toMatch(/^\d+ hours$/);
});

test('what the type is not known of is told by its form', () => {
  expect(names.of('4711', '')).toMatch(/^\d{4}$/);
  expect(names.of('Miller', '')).toMatch(/^[a-z]+-[a-z]+$/);
});

test('a composite value is made of the pseudonyms of its parts', () => {
  const made = names.of('17\u001fMiller', 'integer\u001ftext');
  expect(made).toBe(`${names.of('17', 'integer')}\u001f${names.of('Miller', 'text')}`);
  const both = names.of('17\u001f18', 'integer');
  expect(both).toBe(`${names.of('17', 'integer')}\u001f${names.of('18', 'integer')}`);
});

test('no pseudonym is a value of somebody else', () => {
  const values = Array.from({ length: 3000 }, (_, i) => String(1000 + 2 * i));
  const apart = new Set([...values, '10.0.0.1']);
  const others = new Pseudonyms({ salt: 'apart', apart });
  const made = values.map((value) => others.of(value, 'integer'));
  expect(new Set(made).size).toBe(values.length);
  expect(made.filter((each) => apart.has(each))).toEqual([]);
  for (const each of made) expect(each).toMatch(/^[1-9]\d{3}$/);
  expect(values.map((value) => others.of(value, 'integer'))).toEqual(made);
});

test('all values that evidence has are those of users', () => {
  const share = 0.1;
  const values = [{ top: [{ value: 'a\u001fb', share }] }];
  const load = [{ top: [{ value: 'c', count: 1, error: 0, overTime: [] }] }];
  const evidence = { values, load, schema: null } as unknown as Evidence;
  expect([...userValues(evidence)]).toEqual(['a', 'b', 'c']);
});

test('ranks keep the order of values and nothing else', () => {
  expect(names.ranked(['900', '10', '9', '10'])).toEqual(['3', '2', '1', '2']);
  expect(names.ranked(['b', 'a', 'c'])).toEqual(['2', '1', '3']);
  expect(names.ranked(['1.0', '1', '2'])).toEqual(['1', '1', '2']);
});

test('kept values stay', () => {
  const kept = new Pseudonyms({ keep: true });
  expect(kept.of('Miller', 'text')).toBe('Miller');
  expect(kept.ranked(['b', 'a'])).toEqual(['b', 'a']);
});
