/**
 * So many values by a table of quantiles at equal steps, the smallest first: the first and the
 * last one are those of the table, between two steps lies a straight line. One value alone is the
 * median.
 */
export function valuesAt(quantiles: readonly number[], count: number): Float64Array {
  const last = quantiles.length - 1;
  return new Float64Array(count).map((_, i) => {
    const at = count === 1 ? last / 2 : (i / (count - 1)) * last;
    const step = Math.min(Math.floor(at), last - 1);
    const [below = 0, above = 0] = [quantiles[step], quantiles[step + 1]];
    return below + (above - below) * (at - step);
  });
}
