/** How many values have a number of rows: the sizes of groups, without the groups. */
export interface CountClass {
  readonly count: number;
  readonly values: number;
}

export const distinctOf = (classes: readonly CountClass[]): number =>
  classes.reduce((total, { values }) => total + values, 0);

export const rowsOf = (classes: readonly CountClass[]): number =>
  classes.reduce((total, { count, values }) => total + count * values, 0);

/** Sum over values of count (count - 1): ordered pairs of rows that share their value. */
export const pairsOf = (classes: readonly CountClass[]): number =>
  classes.reduce((total, { count, values }) => total + count * (count - 1) * values, 0);

/** Values of classes that stand in several lists; each value belongs to one list only. */
export function mergedClasses(lists: readonly (readonly CountClass[])[]): CountClass[] {
  const byCount = new Map<number, number>();
  for (const { count, values } of lists.flat()) {
    byCount.set(count, (byCount.get(count) ?? 0) + values);
  }
  return [...byCount].map(([count, values]) => ({ count, values }));
}

/**
 * Counts at the quantiles 0, 0.01 ... 1 over the values (definition 7 of Hyndman and Fan, as in
 * base/statistics); empty for no values.
 */
export function quantilesOf(classes: readonly CountClass[]): number[] {
  const rising = classes.filter(({ values }) => values > 0).toSorted((a, b) => a.count - b.count);
  const last = distinctOf(rising) - 1;
  if (last < 0) return [];
  let place = 0;
  let before = 0;
  const countAt = (index: number): number => {
    while (place < rising.length - 1 && index >= before + (rising[place]?.values ?? 0)) {
      before += rising[place]?.values ?? 0;
      place += 1;
    }
    return rising[place]?.count ?? 0;
  };
  return Array.from({ length: 101 }, (_, percent) => {
    const position = (percent * last) / 100;
    const low = countAt(Math.floor(position));
    const [placeLow, beforeLow] = [place, before];
    const high = countAt(Math.min(Math.floor(position) + 1, last));
    // The next quantile may begin at the lower of the two again.
    [place, before] = [placeLow, beforeLow];
    return low + (position - Math.floor(position)) * (high - low);
  });
}
