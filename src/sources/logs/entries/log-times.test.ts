import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogTimes } from './log-times.ts';

const zones = [
  ['UTC', 0],
  ['CEST', 120],
  ['-03', -180],
  ['+0530', 330],
  ['EST', -300],
] as const;

test('times of all zones, one after the other', () => {
  const times = new LogTimes();
  const at = fc.integer({ min: 0, max: 4e12 });
  // Often within one second of the last, as in a log.
  const near = fc.tuple(at, fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 5 }));
  const property = fc.property(near, fc.constantFrom(...zones), ([start, steps], [zone, east]) => {
    for (const step of [0, ...steps]) {
      const ms = start + step;
      const text = new Date(ms + east * 60_000).toISOString().slice(0, 23).replace('T', ' ');
      expect(times.read(`${text} ${zone}`)).toBe(ms);
      expect(times.read(`${text.slice(0, 19)} ${zone}`)).toBe(ms - (ms % 1000));
    }
  });
  fc.assert(property, { numRuns: 300 });
  expect(times.unknownZone).toBeNull();
});

test('what is no time, and a zone that is not known', () => {
  const times = new LogTimes();
  for (const text of [
    '',
    'x',
    '2026-02-30 00:00:00 UTC',
    '2026-01-31 24:00:00 UTC',
    '2026-01-31',
  ]) {
    expect(times.read(text)).toBeNull();
  }
  expect(times.read('2026-01-31 18:00:00.5 XYZT')).toBe(Date.UTC(2026, 0, 31, 18) + 500);
  expect(times.unknownZone).toBe('XYZT');
});
