import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sustained } from './sustained.ts';

test('the level is the largest that some stretch never falls below', () => {
  const values = [1, 5, 4, 6, 1, 9, 9, 1];
  expect(sustained([values], 3, 3)).toEqual({
    shard: 0,
    level: 4,
    heldSeconds: 3,
    sinceSecond: 1,
  });
  expect(sustained([values], 3, 2)).toMatchObject({ level: 9 });
  expect(sustained([values], 3, 4)).toMatchObject({ level: 1, heldSeconds: 3 });
});

test('an unknown second ends a stretch, and without a stretch there is no answer', () => {
  expect(sustained([[9, 9, null, 9, 9]], 3, 3)).toBeNull();
  expect(sustained([[9, 9, null, 9, 9]], 3, 2)).toMatchObject({ level: 9, heldSeconds: 2 });
  expect(sustained([], 3, 1)).toBeNull();
  expect(sustained([[]], 3, 1)).toBeNull();
});

test('seconds of different shards do not add up to one stretch', () => {
  const turns = [
    [9, 0, 9, 0, 9, 0],
    [0, 9, 0, 9, 0, 9],
  ];
  expect(sustained(turns, 3, 2)).toMatchObject({ level: 0, heldSeconds: 1 });
});

test('a value among failures lasts as any other', () => {
  expect(sustained([[Infinity, Infinity, 2]], 3, 2)).toMatchObject({ level: Infinity });
});

const series = fc.array(fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }), {
  minLength: 1,
  maxLength: 30,
});

test('the level exceeds the limit exactly where the longest stretch is long enough', () => {
  fc.assert(
    fc.property(fc.array(series, { minLength: 1, maxLength: 4 }), fc.nat(6), (byShard, limit) => {
      const least = 1 + (byShard.length % 3);
      const found = sustained(byShard, limit, least);
      const longest = byShard.map((values) => {
        const text = values.map((value) => (value !== null && value > limit ? 'x' : '.')).join('');
        return Math.max(...text.split('.').map((run) => run.length));
      });
      const fires = Math.max(...longest) >= least;
      expect(found !== null && found.level > limit).toBe(fires);
      const held = fires ? longest[found?.shard ?? -1] : found?.heldSeconds;
      expect(found?.heldSeconds).toBe(held);
    }),
  );
});
