const steps: readonly number[] = Array.from(
  { length: 13 },
  (_, index) => 10 ** (index - 5),
).flatMap((decade) => [1, 2, 5].map((digit) => Number((digit * decade).toPrecision(1))));

/** Ticks of a log axis around positive values: 1, 2 and 5 of each decade, at least a decade. */
export function logTicks(values: readonly number[]): readonly number[] {
  const [low, high] = extent(values) ?? [1, 10];
  const first = Math.max(
    0,
    steps.findLastIndex((tick) => tick <= low),
  );
  const last = steps.findIndex((tick) => tick >= high);
  const ticks = steps.slice(first, Math.max(last === -1 ? steps.length : last + 1, first + 4));
  // Over many decades 2 and 5 would stand too close to be read.
  return ticks.length <= 10
    ? ticks
    : ticks.filter((tick, index) => index === 0 || index === ticks.length - 1 || isDecade(tick));
}

const isDecade = (tick: number) => Number.isInteger(Number(Math.log10(tick).toFixed(9)));

/** Least and greatest of the values; null when there are none. */
export function extent(values: readonly number[]): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}
