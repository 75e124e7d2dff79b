/** How many values occur how often. */
export interface CountOfCounts {
  /** Rows of each of `values` values. */
  readonly rows: number;
  readonly values: number;
}

/** What the rows of the values say, whichever values they are. */
export interface CountShape {
  readonly rows: number;
  readonly distinct: number;
  /** Of the shares. */
  readonly sumOfSquares: number;
  /** 101 numbers, the smallest first; empty without rows. */
  readonly rowsPerValue: readonly number[];
}

export function countShape(counts: readonly CountOfCounts[]): CountShape {
  const ascending = counts.toSorted((a, b) => a.rows - b.rows);
  const distinct = ascending.reduce((sum, { values }) => sum + values, 0);
  const rows = ascending.reduce((sum, each) => sum + each.rows * each.values, 0);
  const squares = ascending.reduce((sum, each) => sum + each.values * (each.rows / rows) ** 2, 0);
  return { rows, distinct, sumOfSquares: squares, rowsPerValue: quantiles(ascending, distinct) };
}

/** At 0, 0.01 ... 1 over the values: of n values the one at place floor(q (n - 1)), from 0. */
export function quantiles(ascending: readonly CountOfCounts[], distinct: number): number[] {
  const found: number[] = [];
  let below = 0;
  for (const { rows, values } of ascending) {
    below += values;
    while (found.length <= 100 && Math.floor((found.length * (distinct - 1)) / 100) < below) {
      found.push(rows);
    }
  }
  return found;
}
