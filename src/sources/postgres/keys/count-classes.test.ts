import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileSorted } from '../../../base/statistics/quantile.ts';
import { distinctOf, mergedClasses, pairsOf, quantilesOf, rowsOf } from './count-classes.ts';

const counts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 200 });

const classesOf = (each: readonly number[]) =>
  mergedClasses(each.map((count) => [{ count, values: 1 }]));

test('sums and quantiles of classes are those of the counts one by one', () => {
  fc.assert(
    fc.property(counts, (each) => {
      const classes = classesOf(each);
      const sorted = each.toSorted((a, b) => a - b);
      expect(distinctOf(classes)).toBe(each.length);
      expect(rowsOf(classes)).toBe(each.reduce((sum, count) => sum + count, 0));
      expect(pairsOf(classes)).toBe(each.reduce((sum, count) => sum + count * (count - 1), 0));
      const quantiles = quantilesOf(classes);
      expect(quantiles).toHaveLength(101);
      for (const [percent, value] of quantiles.entries()) {
        expect(value).toBeCloseTo(quantileSorted(sorted, percent / 100), 9);
      }
    }),
  );
});

test('no values have no quantiles', () => {
  expect(quantilesOf([])).toEqual([]);
});
