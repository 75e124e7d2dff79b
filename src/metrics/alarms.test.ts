import { describe, expect, test } from 'vitest';
import { worded } from '../wording/worded.ts';
import {
  type AlarmSettings,
  alarms as alarmsOf,
  type ShardLoad,
  type ShardSecond,
} from './alarms.ts';

interface Given {
  readonly writes?: number;
  readonly p99?: number | null;
  readonly waitMs?: number | null;
  readonly bytes?: number;
  /** What differs from the rest of the window, by second. */
  readonly seconds?: Readonly<Record<number, Partial<ShardSecond>>>;
}

const windowSeconds = 12;

/** Shards whose every second is as the whole window, but for the seconds given. */
const shards = (...loads: readonly Given[]): ShardLoad[] =>
  loads.map(({ writes = 100, p99 = 10, waitMs = 0.005, bytes = 1e9, seconds = {} }, shard) => ({
    shard,
    writeQps: writes,
    responseMsP99: p99,
    waitMs,
    bytes,
    seconds: Array.from({ length: windowSeconds }, (_, second) => ({
      writes,
      tailMs: p99,
      waitMs,
      ...seconds[second],
    })),
  }));

const settings: AlarmSettings = {
  forMs: 5000,
  waitMs: 10,
  windowMs: windowSeconds * 1000,
  diskBytes: 10e9,
  dataBytes: null,
};
const even = [{}, {}, {}, {}];

/** The same second values for each of these seconds. */
const during = (from: number, to: number, values: Partial<ShardSecond>) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, i) => [from + i, values] as const));

/** Alarms with their notes in words. */
const alarms = (...given: Parameters<typeof alarmsOf>) =>
  alarmsOf(...given).map(({ note, ...alarm }) =>
    Object.assign({}, alarm, { note: worded(note).text }),
  );

describe('alarms', () => {
  test('five rules, all quiet on an even load', () => {
    const result = alarms(shards(...even), settings);
    expect(result.map(({ rule, state, published }) => [rule, state, published])).toEqual([
      ['max/mean write QPS > 2.0', 'quiet', true],
      ['max p99 > 3 x mean p99', 'quiet', true],
      ['max p99 > 3 x median p99 of the other shards', 'quiet', false],
      ['mean wait for a connection > 10 ms', 'quiet', false],
      ['disk use max - min > 25 points', 'quiet', true],
    ]);
    expect(result.map(({ value }) => value)).toEqual([1, 1, 1, 0.005, 0]);
  });

  test('a hot shard: 900 of 1200 writes on 4 shards is 3 x the mean', () => {
    const [writes] = alarms(shards({}, {}, { writes: 900 }, {}), settings);
    expect(writes).toMatchObject({ state: 'fired', shard: 2, value: 3, limit: 2 });
    expect(writes).toMatchObject({ forMs: 5000, heldMs: 12_000, sinceSecond: 0, overWindow: 3 });
    expect(writes?.note).toContain('shard 2 takes 900 writes/s, the mean is 300');
  });

  test('a rule must hold for 5 s in a row: 4 s are a burst, 5 s are an alarm', () => {
    const burst = (length: number) => {
      const seconds = during(3, 3 + length, { writes: 900 });
      return alarms(shards({}, {}, { seconds }, {}), settings)[0];
    };
    expect(burst(4)).toMatchObject({ state: 'quiet', value: 1, heldMs: 4000, sinceSecond: 3 });
    expect(burst(5)).toMatchObject({ state: 'fired', value: 3, heldMs: 5000, sinceSecond: 3 });
    expect(burst(5)?.overWindow).toBe(1);
  });

  test('two shards that are hot by turns are no shard that is hot for 5 s', () => {
    const turn = (phase: number): Given => ({
      seconds: Object.fromEntries(
        Array.from({ length: 6 }, (_, i) => [2 * i + phase, { writes: 900 }]),
      ),
    });
    const [writes] = alarms(shards(turn(0), turn(1), {}, {}), settings);
    expect(writes).toMatchObject({ state: 'quiet', heldMs: 1000 });
  });

  test('a slow shard among four: 31 ms beside 3 x 1 ms cannot reach 4 x the mean but fires', () => {
    const slow = { p99: 31 };
    const fast = { p99: 1 };
    const [, byMean, byMedian] = alarms(shards(fast, slow, fast, fast), settings);
    expect(byMean).toMatchObject({ state: 'fired', shard: 1 });
    expect(byMean?.value).toBeCloseTo(31 / 8.5, 12);
    expect(byMedian).toMatchObject({ state: 'fired', shard: 1, value: 31 });
  });

  test('the median of the others sees one slow shard of two, where the mean cannot', () => {
    const [, byMean, byMedian] = alarms(shards({}, { p99: 40 }), settings);
    expect(byMean).toMatchObject({ state: 'not evaluated', value: null, shard: null });
    expect(byMedian).toMatchObject({ state: 'fired', value: 4 });
  });

  test('a p99 among failures is above every limit, though it has no number', () => {
    const [, byMean, byMedian] = alarms(shards({}, {}, {}, { p99: Infinity }), settings);
    expect(byMean).toMatchObject({ state: 'fired', shard: 3, value: 4 });
    expect(byMedian).toMatchObject({ state: 'fired', shard: 3, value: null, overWindow: null });
    expect(byMedian?.note).toContain("shard 3 has a p99 among its failures, the others' median");
  });

  test('all shards among failures alike: no one of them stands out', () => {
    const lost = { p99: Infinity };
    const [, byMean, byMedian] = alarms(shards(lost, lost, lost, lost), settings);
    expect([byMean?.state, byMean?.value]).toEqual(['quiet', 1]);
    expect([byMedian?.state, byMedian?.value]).toEqual(['quiet', 1]);
  });

  test('the wait for a connection shows a full pool that the writes do not', () => {
    const hot = { writes: 390, waitMs: 118, seconds: during(0, 4, { waitMs: 0.3 }) };
    const cold = { writes: 148 };
    const [writes, , , wait] = alarms(shards(cold, cold, cold, hot), settings);
    expect(writes?.value).toBeCloseTo((4 * 390) / (390 + 3 * 148), 12);
    expect(writes?.state).toBe('quiet');
    expect(wait).toMatchObject({ state: 'fired', shard: 3, value: 118, limit: 10, sinceSecond: 4 });
    expect(wait?.note).toBe(
      'Above the limit for 8 seconds in a row, from second 4 on; over the whole window ' +
        'on shard 3 queries wait 118 ms, on the others at most 0.00500 ms.',
    );
  });

  test('the limit of the wait is the scenario’s', () => {
    const wait = (waitMs: number) =>
      alarms(shards({ waitMs: 20 }), { ...settings, waitMs })[3]?.state;
    expect([wait(19), wait(20)]).toEqual(['fired', 'quiet']);
  });

  test('a window shorter than the time a rule must hold evaluates none of them', () => {
    const [writes, , , wait] = alarms(shards(...even), { ...settings, windowMs: 4000 });
    expect(writes).toMatchObject({ state: 'not evaluated', value: null });
    expect(wait?.note).toContain('The window of 4 s is shorter than the 5 s');
  });

  test('seconds with too few queries: the whole window is judged as one', () => {
    const few = during(0, windowSeconds, { tailMs: null });
    const usual = { seconds: few };
    const byMedian = alarms(shards(usual, { p99: 40, seconds: few }, usual), settings)[2];
    expect(byMedian).toMatchObject({ state: 'fired', shard: 1, value: 4 });
    expect(byMedian?.forMs).toBeUndefined();
    expect(byMedian?.note).toContain('judged over the whole window');
  });
});

describe('the disk rule', () => {
  const disk = (change: Partial<AlarmSettings>, ...loads: readonly Given[]) =>
    alarms(shards(...loads), { ...settings, ...change })[4];

  test('30 % and 4 % of 10 GB differ by 26 points', () => {
    const found = disk({}, { bytes: 3e9 }, { bytes: 0.4e9 });
    expect(found).toMatchObject({ state: 'fired', shard: 0 });
    expect(found?.value).toBeCloseTo(26, 9);
  });

  test('a small copy is judged at the size of what it is a copy of', () => {
    // 300 of 400 GB beside 100: 60 and 20 % of 500 GB.
    const real = { dataBytes: 400e9, diskBytes: 500e9 };
    const found = disk(real, { bytes: 30e6 }, { bytes: 10e6 });
    expect(found).toMatchObject({ state: 'fired', shard: 0 });
    expect(found?.value).toBeCloseTo(40, 9);
    expect(found?.note).toContain('With the bytes of growth.now shard 0 uses 60 % of its disk');
  });

  test('says so where the data are too few for any difference of 25 points', () => {
    const found = disk({ diskBytes: 2 * 2 ** 40 }, { bytes: 16e6 }, { bytes: 1e6 });
    expect(found?.state).toBe('not evaluated');
    expect(found?.note).toContain('together are <0.1 % of one disk (capacity.disk, ');
  });
});

describe('rules without an answer', () => {
  test('a rule that cannot fire is not evaluated, and says why', () => {
    const [writes, byMean] = alarms(shards({}, {}), settings);
    expect(writes).toMatchObject({ state: 'not evaluated' });
    expect(writes?.note).toBe('Of 2 shards the largest cannot exceed 2 x the mean.');
    expect(byMean?.state).toBe('not evaluated');
    const alone = alarms(shards({}), settings).filter(({ rule }) => !rule.includes('wait'));
    expect(alone.every(({ state }) => state === 'not evaluated')).toBe(true);
  });

  test('a rule without data is not evaluated, and says why', () => {
    const [, byMean, byMedian] = alarms(shards({}, { p99: null }, {}, { p99: null }), settings);
    expect(byMean).toMatchObject({
      state: 'not evaluated',
      note: 'There is no p99 of shards 1 and 3.',
    });
    expect(byMedian?.state).toBe('not evaluated');
    const silent = shards(...even.map(() => ({ writes: 0 })));
    expect(alarms(silent, settings)[0]?.note).toBe('No shard finished a write.');
    const unasked = shards({ waitMs: null }, { waitMs: null });
    expect(alarms(unasked, settings)[3]?.note).toBe('No query asked for a connection.');
    const empty = shards({ bytes: 0 }, { bytes: 0 });
    expect(alarms(empty, settings)[4]?.note).toBe('The shards hold no rows.');
  });
});
