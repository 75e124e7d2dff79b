import type { CapacityRow, CostRow, Recommendation } from '../../result/growth-document.ts';
import { integer, money } from '../../wording/format.ts';
import { name } from '../text.ts';

/** Amounts of a capacity report as people read them. */

export type Range = CostRow['monthlyCost']['total'];

/** `4,170 (3,200 to 5,100)`; the amount alone where nothing is uncertain. */
export function moneyRange({ low, mid, high }: Range): string {
  return low === high ? money(mid) : `${money(mid)} (${money(low)} to ${money(high)})`;
}

/** Months from now, to the month; null is later than `horizon`, 0 is full already. */
export function months(value: number | null, horizon: number): string {
  if (value === null) return `>${integer(horizon)}`;
  if (value === 0) return 'now';
  return value < 10 ? value.toFixed(1) : integer(value);
}

type Months = NonNullable<CapacityRow['monthsToFull']>;

/** What is known of a row's months; null: nothing, because its capacity is not known. */
export function knownMonths(
  { bound }: Pick<CapacityRow, 'bound'>,
  found: Months | null,
): Months | null {
  // "At least none" says nothing: what it can take is not known to be full.
  return bound === 'at least' && found?.p50 === 0 ? null : found;
}

/**
 * `14 (9.1 to 30)`: the middle, and what 8 of 10 futures lie between, `at least` that where the
 * capacity is a lower bound.
 */
export function monthsRange(
  row: Pick<CapacityRow, 'bound' | 'horizonMonths'>,
  found: Months | null,
  { to, atLeast } = { to: ' to ', atLeast: 'at least ' },
): string {
  const known = knownMonths(row, found);
  if (known === null) return unknown;
  const { p10, p50, p90 } = known;
  const [low, mid, high] = [p10, p50, p90].map((value) => months(value, row.horizonMonths));
  const range = low === high ? `${mid}` : `${mid} (${low}${to}${high})`;
  return row.bound === 'at least' ? `${atLeast}${range}` : range;
}

/** `growth.load 5% +- 2% (default); ...`. */
export function assumptionsText(assumptions: NonNullable<Recommendation['restsOn']>): string {
  return assumptions
    .map(({ path, value: text, isDefault }) => {
      return `${name(path)} ${name(text)}${isDefault ? ' (default)' : ''}`;
    })
    .join('; ');
}

/** What needs a measured capacity, in a narrow column and in a note. */
export const unknown = '?';
export const needsCapacity = 'it needs a measured capacity';
