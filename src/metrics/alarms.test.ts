import { describe, expect, test } from 'vitest';
import { alarms, type ShardLoad } from './alarms.ts';

const shards = (...loads: readonly Partial<ShardLoad>[]): ShardLoad[] =>
  loads.map(({ writeQps = 100, responseMsP99 = 10, bytes = 1e9 }, shard) => {
    return { shard, writeQps, responseMsP99, bytes };
  });

const even = [{}, {}, {}, {}];

describe('alarms', () => {
  test('four rules, all quiet on an even load', () => {
    const result = alarms(shards(...even), 10e9);
    expect(result.map(({ rule, state }) => [rule, state])).toEqual([
      ['max/mean write QPS > 2.0', 'quiet'],
      ['max p99 > 3 x mean p99', 'quiet'],
      ['max p99 > 3 x median p99 of the other shards', 'quiet'],
      ['disk use max - min > 25 points', 'quiet'],
    ]);
    expect(result.map(({ value }) => value)).toEqual([1, 1, 1, 0]);
  });

  test('a hot shard: 900 of 1200 writes on 4 shards is 3 x the mean', () => {
    const [writes] = alarms(shards({}, {}, { writeQps: 900 }, {}), null);
    expect(writes).toMatchObject({ state: 'fired', shard: 2, value: 3, limit: 2 });
    expect(writes?.note).toContain('900 writes/s');
  });

  test('a slow shard among four: 31 ms beside 3 x 1 ms cannot reach 4 x the mean but fires', () => {
    const slow = { responseMsP99: 31 };
    const fast = { responseMsP99: 1 };
    const [, byMean, byMedian] = alarms(shards(fast, slow, fast, fast), null);
    expect(byMean).toMatchObject({ state: 'fired', shard: 1 });
    expect(byMean?.value).toBeCloseTo(31 / 8.5, 12);
    expect(byMedian).toMatchObject({ state: 'fired', shard: 1, value: 31 });
  });

  test('the median of the others sees one slow shard of two, where the mean cannot', () => {
    const [, byMean, byMedian] = alarms(shards({}, { responseMsP99: 40 }), null);
    expect(byMean).toMatchObject({ state: 'not evaluated', value: null, shard: null });
    expect(byMedian).toMatchObject({ state: 'fired', value: 4 });
  });

  test('disk: 30 % and 4 % of 10 GB differ by 26 points', () => {
    const disk = alarms(shards({ bytes: 3e9 }, { bytes: 0.4e9 }), 10e9)[3];
    expect(disk).toMatchObject({ state: 'fired', shard: 0 });
    expect(disk?.value).toBeCloseTo(26, 9);
  });

  test('a rule that cannot fire is not evaluated, and says why', () => {
    const [writes, byMean] = alarms(shards({}, {}), null);
    expect(writes).toMatchObject({ state: 'not evaluated' });
    expect(writes?.note).toBe('of 2 shards the largest cannot exceed 2 x the mean');
    expect(byMean?.state).toBe('not evaluated');
    expect(alarms(shards({}), 1e9).every(({ state }) => state === 'not evaluated')).toBe(true);
  });

  test('a rule without data is not evaluated, and says why', () => {
    const missing = shards({}, { responseMsP99: null }, {}, { responseMsP99: null });
    const [, byMean, byMedian, disk] = alarms(missing, null);
    expect(byMean).toMatchObject({ state: 'not evaluated', note: 'no p99 of shard 1, 3' });
    expect(byMedian?.state).toBe('not evaluated');
    expect(disk?.note).toBe('the scenario gives no disk size');
    const silent = shards(...even.map(() => ({ writeQps: 0 })));
    expect(alarms(silent, null)[0]?.note).toBe('no shard finished a write');
  });
});
