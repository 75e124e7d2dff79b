import { short } from './format.ts';
import type { Said } from './sentence.ts';

/** What a fact says of how long something lasts, and how that is known. */
export interface Lasting {
  readonly numbers: Pick<Said, 'perhaps'>;
  readonly horizonMonths: number;
  readonly bound: string;
}

export const lastingOf = (said: Said): Lasting => ({
  numbers: said,
  horizonMonths: said.number('horizonMonths'),
  bound: said.name('bound'),
});

/** `full in 4.58 to 13.7 months (middle 6.78)`. */
export function fullText(lasting: Lasting): string {
  const isFull = lasting.bound === 'known' && lasting.numbers.perhaps('monthsP90') === 0;
  return isFull ? 'full already' : `full in ${monthsText(lasting)}`;
}

/** `4.58 to 13.7 months (middle 6.78)`; `9.44 months` where nothing is uncertain. */
export function monthsText({ numbers, horizonMonths, bound }: Lasting): string {
  if (bound === 'unknown') return 'an unknown number of months (it needs a measured capacity)';
  const [low, middle, high] = (['monthsP10', 'monthsP50', 'monthsP90'] as const).map((name) =>
    monthsOrMore(numbers.perhaps(name), horizonMonths),
  );
  const range = low === high ? `${middle} months` : `${low} to ${high} months (middle ${middle})`;
  return bound === 'at least' ? `at least ${range}` : range;
}

/** What is later than the horizon has no number. */
export function monthsOrMore(months: number | null, horizonMonths: number): string {
  return months === null ? `more than ${horizonMonths}` : short(months);
}

export const shardsText = (count: number): string =>
  count === 1 ? 'one instance' : `${count} shards`;

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
