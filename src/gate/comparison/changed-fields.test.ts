import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedFields } from './changed-fields.ts';

test('places are JSON pointers, with both values', () => {
  expect(changedFields({ a: { 'x/y~z': 1 }, b: [1, 2] }, { a: { 'x/y~z': 2 }, b: [1, 3] })).toEqual(
    [
      { place: '/a/x~1y~0z', a: 1, b: 2 },
      { place: '/b', a: [1, 2], b: [1, 3] },
    ],
  );
});

test('what only one side has stands without the other', () => {
  expect(changedFields({ a: null }, { b: false }, '/scenario')).toEqual([
    { place: '/scenario/a', a: null },
    { place: '/scenario/b', b: false },
  ]);
});

test('members with names are compared by them, wherever they stand', () => {
  const [one, other] = [
    { name: 'x', weight: 1 },
    { name: 'y', weight: 2 },
  ];
  expect(changedFields([one, other], [other, one])).toEqual([]);
  expect(changedFields([one, other], [{ ...other, weight: 3 }, one])).toEqual([
    { place: '/1/weight', a: 2, b: 3 },
  ]);
  expect(changedFields([one], [one, other])).toEqual([{ place: '/1', b: other }]);
});

test('members without names are compared in their order', () => {
  expect(changedFields([{ v: 1 }, { v: 2 }], [{ v: 2 }, { v: 1 }])).toEqual([
    { place: '/0/v', a: 1, b: 2 },
    { place: '/1/v', a: 2, b: 1 },
  ]);
});

test('a value is the same as itself in any order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy = reordered(JSON.parse(JSON.stringify(value)));
      expect(changedFields(value as null, copy as null)).toEqual([]);
    }),
  );
});

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, of]): [string, unknown] => [key, reordered(of)]);
  return Object.fromEntries(entries.toReversed());
}
