import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countShape } from './count-shape.ts';

test('property: the same as from each value’s count', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(counts, (values) => {
      const sizes = new Map<number, number>();
      for (const rows of values) sizes.set(rows, (sizes.get(rows) ?? 0) + 1);
      const shape = countShape([...sizes].map(([rows, count]) => ({ rows, values: count })));
      const rows = values.reduce((sum, each) => sum + each, 0);
      const ascending = values.toSorted((a, b) => a - b);
      expect(shape.rows).toBe(rows);
      expect(shape.distinct).toBe(values.length);
      expect(shape.sumOfSquares).toBeCloseTo(
        values.reduce((sum, each) => sum + (each / rows) ** 2, 0),
        12,
      );
      const place = (q: number): number => Math.floor((q * (values.length - 1)) / 100);
      expect(shape.rowsPerValue).toEqual(
        Array.from({ length: 101 }, (_, q) => ascending[place(q)]),
      );
    }),
  );
});

test('nothing', () => {
  expect(countShape([])).toEqual({ rows: 0, distinct: 0, sumOfSquares: 0, rowsPerValue: [] });
});
