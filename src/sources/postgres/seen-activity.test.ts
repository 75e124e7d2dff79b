import { expect, test } from 'vitest';
import { type ActivitySample, summedActivity } from './activity.ts';
import { seenActivity } from './seen-activity.ts';

const counters = {
  inserted: 10,
  updated: 5,
  hotUpdated: 4,
  deleted: 1,
  sequentialScans: 2,
  sequentialRows: 20,
  indexScans: 3,
  indexRows: 30,
  liveRows: 100,
  deadRows: 7,
  lastVacuum: null,
  lastAnalyze: '2026-01-02T00:00:00Z',
};

const sample = (changes: Partial<ActivitySample> = {}): ActivitySample => ({
  atSeconds: 1000,
  resetAtSeconds: 400,
  countingSinceSeconds: 100,
  tables: new Map([['t', counters]]),
  indexScans: new Map([['i', 3]]),
  ...changes,
});

test('with one sample it is since the last reset, or since the server counts', () => {
  expect(seenActivity(sample(), null, true)).toMatchObject({ seconds: 600, unseen: [] });
  expect(seenActivity(sample({ resetAtSeconds: null }), null, true)).toMatchObject({
    seconds: 900,
    unseen: [{ code: 'activity-since-server', numbers: { seconds: 900 } }],
  });
  const unknown = sample({ resetAtSeconds: null, countingSinceSeconds: null });
  expect(seenActivity(unknown, null, true)).toMatchObject({
    seconds: null,
    unseen: [{ code: 'activity-since-unknown' }],
  });
});

test('with two samples it is the difference; rows are those of now', () => {
  const now = { ...counters, inserted: 16, deleted: 2, liveRows: 105 };
  const tables = new Map([
    ['t', now],
    ['new', counters],
  ]);
  const seen = seenActivity(sample(), sample({ atSeconds: 1060, tables }), true);
  expect(seen.seconds).toBe(60);
  expect(seen.tables?.get('t')).toMatchObject({
    inserted: 6,
    deleted: 1,
    updated: 0,
    liveRows: 105,
  });
  expect(seen.tables?.get('new')).toEqual(counters);
});

test('a reset in between is told, and what was counted since then stands', () => {
  const tables = new Map([['t', { ...counters, inserted: 2 }]]);
  for (const resetAtSeconds of [400, 1030]) {
    const after = sample({ atSeconds: 1060, resetAtSeconds, tables });
    const seen = seenActivity(sample(), after, true);
    expect(seen.unseen).toMatchObject([{ code: 'reset-while-watching' }]);
    expect(seen.seconds).toBe(1060 - resetAtSeconds);
    expect(seen.tables?.get('t')?.inserted).toBe(2);
  }
});

test('a server that does not count says so', () => {
  expect(seenActivity(sample(), null, false)).toMatchObject({
    tables: null,
    indexScans: null,
    unseen: [{ code: 'activity-off' }],
  });
});

test('partitions are summed up, with the latest of their times', () => {
  const other = { ...counters, lastVacuum: '2026-01-03T00:00:00Z', lastAnalyze: null };
  expect(summedActivity([counters, other], 5)).toMatchObject({
    seconds: 5,
    inserted: 20,
    deadRows: 14,
    lastVacuum: '2026-01-03T00:00:00Z',
    lastAnalyze: '2026-01-02T00:00:00Z',
  });
});
