/** factor x e^(rate t), t in months. */
export interface Exponential {
  readonly factor: number;
  readonly rate: number;
}

/**
 * When a sum of exponentials first reaches 1: 0 where it is there already, Infinity where it does
 * not up to `horizon`. Between two turns it only rises or only falls, and its turns are found as
 * the zeros of a sum with one part less, down to two parts, which have a closed form.
 */
export function firstPassing(parts: readonly Exponential[], horizon: number): number {
  const level = (t: number): number => valueAt(parts, t);
  if (level(0) >= 1) return 0;
  // What is past all numbers, less what is too, is past 1 as well.
  const isPast = (t: number): boolean => !(level(t) < 1);
  const rises = parts.every(({ factor, rate }) => factor * rate >= 0);
  let from = 0;
  for (const to of rises ? [horizon] : [...zeros(slopes(parts), horizon), horizon]) {
    if (isPast(to)) return bisect(isPast, from, to, 1e-3);
    from = to;
  }
  return Number.POSITIVE_INFINITY;
}

function valueAt(parts: readonly Exponential[], t: number): number {
  let value = 0;
  for (const { factor, rate } of parts) value += factor * Math.exp(rate * t);
  return value;
}

const slopes = (parts: readonly Exponential[]): Exponential[] =>
  parts.map(({ factor, rate }) => ({ factor: factor * rate, rate }));

/** Where a sum of exponentials changes its sign between 0 and `horizon`, ascending. */
function zeros(all: readonly Exponential[], horizon: number): number[] {
  const parts = all.filter(({ factor }) => factor !== 0);
  const [first, second] = parts;
  if (first === undefined || second === undefined) return [];
  if (parts.length === 2) {
    const zero = Math.log(-first.factor / second.factor) / (second.rate - first.rate);
    return zero > 0 && zero < horizon ? [zero] : [];
  }
  // Divided by one part it has the same zeros, and a slope with a part less.
  const divided = parts.map(({ factor, rate }) => ({ factor, rate: rate - first.rate }));
  const ends = [...zeros(slopes(divided), horizon), horizon];
  const found: number[] = [];
  let from = 0;
  for (const to of ends) {
    const before = valueAt(divided, from) > 0;
    if (valueAt(divided, to) > 0 !== before) {
      found.push(bisect((t) => valueAt(divided, t) > 0 !== before, from, to, 1e-6));
    }
    from = to;
  }
  return found;
}

/** Where something that is not so at `low` and is at `high` begins, to `precision`. */
function bisect(
  isSo: (t: number) => boolean,
  low: number,
  high: number,
  precision: number,
): number {
  let below = low;
  let above = high;
  while (above - below > precision) {
    const middle = (below + above) / 2;
    if (isSo(middle)) above = middle;
    else below = middle;
  }
  return above;
}
