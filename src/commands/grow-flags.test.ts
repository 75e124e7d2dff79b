import { describe, expect, test } from 'vitest';
import { growChoices } from './grow-flags.ts';

const none = { router: [] };

test('flags as numbers, and what stands for those not given', () => {
  expect(growChoices(none)).toEqual({
    to: null,
    capacity: null,
    from: [],
    samples: 100,
    keys: null,
  });
  const flags = { to: '5, 8,16', capacity: '900', samples: '0', keys: '1000000' };
  expect(growChoices({ ...none, ...flags })).toEqual({
    to: [5, 8, 16],
    capacity: { value: 900, spread: 0 },
    from: [],
    samples: 0,
    keys: 1_000_000,
  });
  expect(growChoices({ ...none, capacity: '900 +- 10%' }).capacity).toStrictEqual({
    value: 900,
    spread: 90,
  });
  expect(growChoices({ ...none, capacity: '900 +- 50' }).capacity?.spread).toBe(50);
  expect(growChoices({ ...none, capacity: '3000/m' }).capacity).toStrictEqual({
    value: 50,
    spread: 0,
  });
  const from = ['a.json', 'b.json, c.json', 'a.json'];
  expect(growChoices({ ...none, from }).from).toEqual(['a.json', 'b.json', 'c.json']);
});

describe('everything that is wrong is said at once', () => {
  test.each([
    [{ to: '5,,8' }, '--to: found "5,,8"; allowed: shard counts between commas, such as 5,8,16'],
    [{ to: '' }, '--to: found ""'],
    [{ to: '5;8' }, '--to: found "5;8"'],
    [{ to: '0' }, '--to: found "0"'],
    [{ to: '1025' }, 'each up to 1024'],
    [{ to: '5.5' }, '--to: found "5.5"'],
    [{ capacity: '0' }, '--capacity: found "0"; allowed: a number per second, or a rate'],
    [{ capacity: '-3' }, '--capacity: found "-3"'],
    [{ samples: '10001' }, '--samples: found "10001"; allowed: a whole number from 0 to 10000'],
    [{ keys: '1000000000000' }, '--keys: found "1000000000000"; allowed: a whole number from 1 to'],
    [{ keys: '0' }, '--keys: found "0"'],
    [{ from: ['a.json,'] }, '--from: found "a.json,"; allowed: result files, with commas'],
    [{ keys: '1e12' }, '--keys: found "1e12"'],
  ])('%j', (flags, message) => {
    expect(() => growChoices({ ...none, ...flags })).toThrow(message);
  });

  test('several', () => {
    expect(() => growChoices({ ...none, to: 'x', capacity: 'y', keys: 'z' })).toThrow(
      /--to: .*\n--capacity: .*\n--keys: /,
    );
  });
});
