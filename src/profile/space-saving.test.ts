import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { SpaceSaving } from './space-saving.ts';

function counted(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const letters = fc.array(fc.nat(11).map(String), { maxLength: 200 });

test('counts are exact while there are counters for all values', () => {
  fc.assert(
    fc.property(letters, (values) => {
      const heavy = new SpaceSaving(12);
      for (const value of values) heavy.add(value);
      expect(heavy.isExact).toBe(true);
      const top = heavy.top(12);
      expect(new Map(top.map(({ value, count }) => [value, count]))).toEqual(counted(values));
      expect(top.every(({ error }) => error === 0)).toBe(true);
      const counts = top.map(({ count }) => count);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    }),
  );
});

test('beyond it true counts lie between count - error and count, of all frequent values', () => {
  fc.assert(
    fc.property(letters, fc.integer({ min: 1, max: 8 }), (values, counters) => {
      const heavy = new SpaceSaving(counters);
      for (const value of values) heavy.add(value);
      const truth = counted(values);
      const top = heavy.top(counters);
      for (const { value, count, error } of top) {
        expect(count).toBeGreaterThanOrEqual(truth.get(value) ?? 0);
        expect(count - error).toBeLessThanOrEqual(truth.get(value) ?? 0);
        expect(error).toBeLessThanOrEqual(values.length / counters);
      }
      expect(top.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
      const seen = new Set(top.map(({ value }) => value));
      for (const [value, count] of truth) {
        expect(count <= values.length / counters || seen.has(value)).toBe(true);
      }
    }),
  );
});

test('parts sum to what was counted for certain, also of values that came back', () => {
  const heavy = new SpaceSaving(100, 5);
  const rng = rngFrom(1, 'space-saving');
  for (let i = 0; i < 20_000; i += 1) heavy.add(`v${Math.floor(500 * rng.double() ** 3)}`, i % 5);
  expect(heavy.isExact).toBe(false);
  for (const { count, error, parts } of heavy.top(100)) {
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(count - error);
  }
});
