import { valuesAt } from '../../workload/quantile-values.ts';

/** Steps that a table may have so that its values are some of the 101. */
const steps = [1, 2, 4, 5, 10, 20, 25, 50, 100];

/**
 * As few of 101 quantiles as say the same: between those that stay, on a straight line, no other
 * one is further off than half a row, a whole one where rows differ by many, or a 25th.
 */
export function fewerQuantiles(quantiles: readonly number[]): readonly number[] {
  const last = quantiles.length - 1;
  const at = (part: number): number => quantiles[Math.round(last * part)] ?? 0;
  const whole = Math.min(1, (at(0.9) - at(0.1)) / 8);
  const fitting = steps
    .filter((count) => last % count === 0)
    .map((count) => quantiles.filter((_, i) => i % (last / count) === 0))
    .find((fewer) => {
      const values = valuesAt(fewer, quantiles.length);
      return quantiles.every(
        (value, i) => Math.abs((values[i] ?? 0) - value) <= Math.max(0.5, whole, value / 25),
      );
    });
  return fitting ?? quantiles;
}

/**
 * Values by 101 quantiles of all of them, without the largest ones, which are known: the last part
 * of the table ends at the least of these.
 *
 * @param all number of values, of which the largest `top` are left out
 */
export function belowTop(
  quantiles: readonly number[],
  all: number,
  top: number,
  least: number,
): Float64Array {
  const others = Math.max(0, all - top);
  if (top === 0 || quantiles.length < 2)
    return valuesAt(quantiles.length < 2 ? [1, 1] : quantiles, all);
  const last = quantiles.length - 1;
  const end = Math.max(0, ((others - 1) / Math.max(1, all - 1)) * last);
  const step = Math.max(0, Math.ceil(end) - 1);
  const from = quantiles[step] ?? 0;
  return new Float64Array(others).map((_, i) => {
    const at = (i / Math.max(1, all - 1)) * last;
    if (at >= step)
      return from + (Math.max(from, least) - from) * ((at - step) / Math.max(1e-9, end - step));
    const place = Math.floor(at);
    const [below = 0, above = 0] = [quantiles[place], quantiles[place + 1]];
    return below + (above - below) * (at - place);
  });
}

/** A list that does not fall, with few digits: it is relative. */
export function writtenQuantiles(quantiles: readonly number[]): readonly number[] {
  let least = 0;
  return quantiles.map((value) => {
    least = Math.max(least, Number(value.toPrecision(3)));
    return least;
  });
}

/** Quantiles of values some of which are missing: so many that count as 0. */
export function withZeros(quantiles: readonly number[], share: number): readonly number[] {
  if (share <= 0 || quantiles.length === 0) return quantiles;
  const last = quantiles.length - 1;
  return quantiles.map((_, i) => {
    const at = (i / last - share) / (1 - share);
    if (at < 0) return 0;
    const place = at * last;
    const step = Math.min(Math.floor(place), last - 1);
    const [below = 0, above = 0] = [quantiles[step], quantiles[step + 1]];
    return below + (above - below) * (place - step);
  });
}
