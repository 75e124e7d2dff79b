import type { CostRow } from '../../result/growth-document.ts';
import { integer, significant } from '../number.ts';
import { name } from '../text.ts';

/** Amounts of a capacity report as people read them. */

export type Range = CostRow['monthlyCost']['total'];

/** An amount of money to three digits: 950, 1,230, 12,300. */
export function money(amount: number): string {
  if (amount === 0) return '0';
  if (amount < 0.01) return '<0.01';
  if (amount < 10) return significant(Number(amount.toPrecision(2))).replace(/\.?0+$/, '');
  return integer(Number(amount.toPrecision(3)));
}

/** `4,170 (3,200 to 5,100)`; the amount alone where nothing is uncertain. */
export function moneyRange({ low, mid, high }: Range): string {
  return low === high ? money(mid) : `${money(mid)} (${money(low)} to ${money(high)})`;
}

/** `USD 4,170`. */
export function priced(amount: number, currency: string): string {
  return `${name(currency)} ${money(amount)}`;
}

/** Months from now, to the month; null is later than `horizon`, 0 is full already. */
export function months(value: number | null, horizon: number): string {
  if (value === null) return `>${integer(horizon)}`;
  if (value === 0) return 'now';
  return value < 10 ? value.toFixed(1) : integer(value);
}

/** `14 (9.1 to 30)`: the middle, and what 8 of 10 futures lie between. */
export function monthsRange(
  { p10, p50, p90 }: { p10: number | null; p50: number | null; p90: number | null },
  horizon: number,
): string {
  const [low, mid, high] = [p10, p50, p90].map((value) => months(value, horizon));
  return low === high ? `${mid}` : `${mid} (${low} to ${high})`;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A time given in seconds, in the unit that suits it: 45 s, 12 min, 3.4 h, 2.1 days. */
export function span(seconds: number): string {
  if (seconds < 1) return seconds === 0 ? '0 s' : '<1 s';
  if (seconds < 2 * minute) return `${integer(seconds)} s`;
  if (seconds < 2 * hour) return `${integer(seconds / minute)} min`;
  if (seconds < 2 * day) return `${oneDecimal(seconds / hour)} h`;
  return `${oneDecimal(seconds / day)} days`;
}

/** `6.4×`. */
export function times(factor: number): string {
  const shown = Number(factor.toFixed(2));
  return `${shown < 10 ? shown.toFixed(shown < 2 ? 2 : 1) : integer(shown)}×`;
}

const oneDecimal = (value: number): string =>
  value < 10 ? value.toFixed(1).replace(/\.0$/, '') : integer(value);
