import fc from 'fast-check';
import { worded } from '../../wording/worded.ts';
import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { candidateOf, settingAt } from '../advice-fixture.ts';
import { Course, followed, type PlacedKeys } from './course.ts';
import { type DriftCase, driftFutures, driftOf } from './drift.ts';
import { waitingFor } from './waiting.ts';

/** Keys of these loads, one after the other on the shards in turn. */
function placedOf(loads: readonly number[], shards: number): PlacedKeys {
  const total = loads.reduce((sum, each) => sum + each, 0);
  const load = loads.map((each) => each / total);
  return { shardOf: loads.map((_, i) => i % shards), load, bytes: load, owner: [...loads.keys()] };
}

const even = Array.from({ length: 400 }, () => 1);
const always = (value: number): number[] => Array.from({ length: driftFutures }, () => value);

/** 5 % a month in each future; a shard takes 600 operations a second, 70 % of them with ease. */
const caseOf = (other: Partial<DriftCase> = {}): DriftCase => ({
  candidate: candidateOf({ shards: 4 }),
  setting: settingAt(1000),
  placed: placedOf(even, 4),
  futures: { load: always(Math.log(1.05)), bytes: always(Math.log(1.05)), tenants: always(0) },
  spread: 0,
  seed: 1,
  ...other,
});

const monthsOf = (asked: DriftCase, alarm: string) =>
  present(
    driftOf(asked).alarms.find((each) => each.alarm === alarm),
    'alarm',
  );

describe('alarms', () => {
  test('where all tenants grow alike the months are those of the trend', () => {
    // ln(0.7 x 4 x 600 / 1000) / ln 1.05 = 10.6; 0.7 x 2 TB x 4 / 100 GB: 82.5.
    expect(monthsOf(caseOf(), 'shard-full')).toMatchObject({ months: { p50: 11 }, fraction: 1 });
    expect(monthsOf(caseOf(), 'disk-full').months).toEqual({ p10: 83, p50: 83, p90: 83 });
    expect(monthsOf(caseOf(), 'value-outgrows-shard')).toMatchObject({ fraction: 0 });
    expect(monthsOf(caseOf(), 'uneven').months).toEqual({ p10: null, p50: null, p90: null });
  });

  test('rates of their own fill the fullest shard sooner, and make one tenant too large', () => {
    const drifting = caseOf({ spread: 0.08 });
    expect(monthsOf(drifting, 'shard-full').months.p50).toBeLessThan(11);
    expect(monthsOf(drifting, 'uneven').fraction).toBeGreaterThan(0.9);
    expect(monthsOf(drifting, 'value-outgrows-shard').fraction).toBeGreaterThan(0.5);
  });

  test('new tenants spread, so that what drifts apart counts for less', () => {
    const futures = { ...caseOf().futures, tenants: always(0.2) };
    const [alone, diluted] = [caseOf({ spread: 0.08 }), caseOf({ spread: 0.08, futures })].map(
      (asked) => monthsOf(asked, 'value-outgrows-shard').fraction,
    );
    expect(diluted).toBeLessThan(alone ?? 0);
  });

  test('no capacity, no alarm of it; the same seed, the same futures', () => {
    const unknown = caseOf({ setting: settingAt(1000, { capacity: null }) });
    expect(driftOf(unknown).alarms.map(({ alarm }) => alarm)).not.toContain('shard-full');
    const asked = caseOf({ spread: 0.05 });
    expect(driftOf(asked)).toEqual(driftOf(asked));
    expect(driftOf({ ...asked, seed: 2 })).not.toEqual(driftOf(asked));
  });
});

describe('moves', () => {
  test('none where all grow alike; some where they do not, with a bound of at least 1.1', () => {
    expect(driftOf(caseOf()).moves).toMatchObject({
      maxOverMeanMost: 1.1,
      aYear: { p50: 0, p90: 0 },
      stuckFraction: 0,
    });
    const few = placedOf(
      Array.from({ length: 40 }, () => 1),
      4,
    );
    const { moves } = driftOf(caseOf({ spread: 0.08, placed: few }));
    expect(moves.aYear.p90).toBeGreaterThan(0);
    expect(moves.loadFraction.p90).toBeGreaterThan(0);
  });

  test('a tenant that is a shard by itself cannot be moved to any good', () => {
    const heavy = placedOf([200, 1, 1, 1, 1, 1, 1, 1], 4);
    expect(driftOf(caseOf({ placed: heavy })).moves).toMatchObject({
      aYear: { p50: 1, p90: 1 },
      stuckFraction: 1,
    });
  });
});

test('shares are shares whatever grows; a move takes from the fullest shard', () => {
  const loads = fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), {
    minLength: 8,
    maxLength: 60,
  });
  const months = fc.integer({ min: 1, max: 24 });
  fc.assert(
    fc.property(loads, months, fc.double({ min: 0, max: 0.2, noNaN: true }), (all, count, rate) => {
      const options = { spread: rate, dilution: rate, seed: 3, future: 0 };
      const course = new Course(followed(placedOf(all, 4), 4), options);
      for (let month = 0; month < count; month += 1) course.next();
      for (const of of ['load', 'bytes'] as const) {
        expect(course.shares(of).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
      }
      const before = Math.max(...course.shares('load'));
      const moved = course.moveOne();
      const after = course.shares('load');
      expect(Math.max(...after)).toBeLessThanOrEqual(before + 1e-12);
      expect(moved ?? 0).toBeLessThan(before + 1e-12);
    }),
  );
});

test('pieces of one tenant grow alike', () => {
  const placed = { ...placedOf([5, 5, 5, 5, 1, 1], 4), owner: [7, 7, 7, 7, 4, 5] };
  const course = new Course(followed(placed, 4), { spread: 0.3, dilution: 0, seed: 5, future: 0 });
  for (let month = 0; month < 6; month += 1) course.next();
  const [, , third, fourth] = course.shares('load');
  expect(third).toBeCloseTo(fourth ?? 0, 12);
});

describe('waiting', () => {
  const moves = { throttleBytesPerSecond: 2e6, soakMs: 0, rowCost: 0.02 };
  const first = (trend: number) => ({
    limits: [],
    notKnown: [],
    isEnough: true,
    first: {
      limit: 'load' as const,
      now: 1,
      allowed: 2,
      unit: 'operations/s' as const,
      months: { fast: trend / 2, trend },
      basis: 'stated' as const,
    },
  });
  const asked = { candidate: candidateOf(), setting: settingAt(1000) };

  test('begin when what is left is as long as the move: the lead, where copying is short', () => {
    // 2 x 100 GB at 2 MB/s are 27.8 hours.
    const found = present(waitingFor(asked, first(10), moves), 'waiting');
    expect(found.startMonths.trend).toBeCloseTo(7, 9);
    expect(found.startMonths.fast).toBeCloseTo(2, 9);
    expect(found.copyHours.now).toBeCloseTo(27.78, 2);
    expect(found.copyHours.latest).toBeCloseTo(27.78 * 1.05 ** 7, 1);
    expect(found.savedMonthly).toBe(3000 + 1900 * 4 - 2400);
    expect(found.finding.code).toBe('advice-begin-within');
  });

  test('and by fast growth alone, where the trend fills it after the horizon', () => {
    const { first: limit, ...stay } = first(100);
    const stays = { ...stay, first: { ...limit, months: { fast: 50, trend: null } } };
    const { finding, startMonths } = present(waitingFor(asked, stays, moves), 'waiting');
    expect(startMonths.trend).toBeNull();
    expect(startMonths.fast).toBeCloseTo(47, 9);
    expect(worded(finding).text).toMatch(/full after the horizon .* begin within 47\.0 months/);
  });

  test('or copying, where that takes longer, and more so the longer one waits', () => {
    const setting = settingAt(1000, { leadMonths: 0, now: { ...asked.setting.now, bytes: 10e12 } });
    const found = present(waitingFor({ ...asked, setting }, first(10), moves), 'waiting');
    // 2778 hours are 3.8 months today.
    expect(found.moveMonths.now).toBeCloseTo(3.805, 3);
    const start = found.startMonths.trend ?? 0;
    expect(start + 3.805 * 1.05 ** start).toBeCloseTo(10, 2);
  });

  test('too late', () => {
    const found = present(waitingFor(asked, first(1), moves), 'waiting');
    expect(found).toMatchObject({ startMonths: { trend: 0 }, lateMonths: 2 });
    expect(found.finding.code).toBe('advice-begin-now');
    expect(waitingFor(asked, { ...first(1), first: null }, moves)).toBeNull();
  });
});
