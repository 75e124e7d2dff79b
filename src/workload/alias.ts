// Vose 1991, "A Linear Algorithm for Generating Random Numbers with a Given Distribution".
import { assert } from '../base/assert.ts';
import { sum } from '../base/statistics/moments.ts';

/**
 * Column i of n is drawn with probability 1/n and then yields i with probability keep[i], else
 * other[i]: one draw costs the same for any number of weights.
 */
export interface AliasTable {
  readonly count: number;
  readonly keep: Float64Array;
  readonly other: Uint32Array;
}

/** Table of weights >= 0 with a positive sum (they need not be normalised). */
export function buildAlias(weights: ArrayLike<number>): AliasTable {
  const count = weights.length;
  const total = sum(weights);
  assert(count > 0 && total > 0 && Number.isFinite(total), 'weights without a positive sum');
  const keep = new Float64Array(count);
  const other = new Uint32Array(count);
  // One array holds both work lists: columns below 1 from the left, the others from the right.
  const work = new Uint32Array(count);
  let small = 0;
  let large = count;
  for (let i = 0; i < count; i += 1) {
    const height = ((weights[i] ?? 0) * count) / total;
    keep[i] = height;
    other[i] = i;
    if (height < 1) {
      work[small] = i;
      small += 1;
    } else {
      large -= 1;
      work[large] = i;
    }
  }
  fill(keep, other, work, small, large);
  return { count, keep, other };
}

/**
 * Gives each column below 1 its missing part from a column above 1. A giant gives to nearly all
 * others, and what each subtraction loses to rounding would add up: `lost` carries it along.
 */
function fill(
  keep: Float64Array,
  other: Uint32Array,
  work: Uint32Array,
  smallCount: number,
  firstLarge: number,
): void {
  let small = smallCount;
  let large = firstLarge;
  let lost = 0;
  while (small > 0 && large < work.length) {
    const poor = work[small - 1] ?? 0;
    const rich = work[large] ?? 0;
    other[poor] = rich;
    const before = keep[rich] ?? 0;
    const gift = 1 - (keep[poor] ?? 0) + lost;
    const left = before - gift;
    lost = gift - (before - left);
    keep[rich] = left;
    if (left < 1) {
      keep[rich] = left - lost;
      lost = 0;
      work[small - 1] = rich;
      large += 1;
    } else small -= 1;
  }
  // What remains is 1 but for rounding.
  for (let i = 0; i < small; i += 1) keep[work[i] ?? 0] = 1;
  for (let i = large; i < work.length; i += 1) keep[work[i] ?? 0] = 1;
}

/**
 * The index that a uniform number in [0, 1) stands for. Its leading bits choose the column and the
 * rest decides within it: with 53 bits at least 21 are left for 2^32 columns and 36 for 100,000,
 * so the two parts share none and no draw is off by more than 2^-36 of a column.
 */
export function drawAlias(table: AliasTable, uniform: number): number {
  const scaled = uniform * table.count;
  const column = Math.floor(scaled);
  return scaled - column < (table.keep[column] ?? 0) ? column : (table.other[column] ?? 0);
}
