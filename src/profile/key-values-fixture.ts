import type { KeyValues } from './evidence.ts';

/** Of a table that was counted whole: by value its rows, and rows that are NULL. */
export function keyValuesOf(
  key: string,
  table: string,
  counts: Readonly<Record<string, number>>,
  nulls = 0,
): KeyValues {
  const sorted = Object.entries(counts).toSorted(
    ([one, left], [other, right]) => right - left || (one < other ? -1 : 1),
  );
  const filled = sorted.reduce((sum, [, count]) => sum + count, 0);
  const shares = sorted.map(([value, count]) => ({ value, share: count / filled }));
  const rows = filled + nulls;
  return {
    key,
    table,
    basis: 'exact',
    rows,
    looked: rows,
    distinct: sorted.length,
    distinctDoubtful: false,
    nullFraction: rows === 0 ? 0 : nulls / rows,
    top: shares.slice(0, 1000),
    sumOfSquares: shares.reduce((sum, { share }) => sum + share ** 2, 0),
    rowsPerValue: quantiles(sorted.map(([, count]) => count).toReversed()),
    physicalCorrelation: null,
    monotonic: null,
  };
}

/** Of numbers in rising order, at 0, 0.01 ... 1. */
function quantiles(sorted: readonly number[]): number[] {
  if (sorted.length === 0) return [];
  const last = sorted.length - 1;
  return Array.from({ length: 101 }, (_, at) => sorted[Math.round((at / 100) * last)] ?? 0);
}

/** The same number of rows for each of so many values. */
export const evenCounts = (values: number, rows: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: values }, (_, at) => [String(at + 1), rows]));
