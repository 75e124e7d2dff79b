/**
 * Numbers as people read them, the same in every locale: the only formatters of numbers that
 * sentences, tables and charts use. One rule for each kind, so that a number reads the same
 * wherever it stands. (base/units.ts writes quantities as scenarios have them, to be read again.)
 *
 * What is not known (null, NaN) is said, never shown as a number.
 */

export const unknown = 'unknown';

type Maybe = number | null;

const isKnown = (value: Maybe): value is number => value !== null && !Number.isNaN(value);

/** The rule for what is known and not negative; a minus sign before it where it is. */
function written(value: Maybe, rule: (value: number) => string): string {
  if (!isKnown(value)) return unknown;
  return value < 0 ? `-${rule(-value)}` : rule(value);
}

/** toLocaleString would make a formatter for each number. */
function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

const withoutZeros = (text: string): string => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

/** What was measured, 3 significant digits: 0.0123, 1.20, 12.3, 123, 1,230. */
export function significant(value: Maybe): string {
  return written(value, (known) => {
    if (known === 0) return '0';
    const rounded = Number(known.toPrecision(3));
    if (rounded >= 1000) return grouped(rounded.toFixed(0));
    if (rounded < 0.001) return '<0.001';
    // The digits are those of the rounded value: 9.996 is 10.0, not 10.00.
    return rounded.toFixed(Math.max(0, 2 - Math.floor(Math.log10(rounded))));
  });
}

/** A rate: 3 significant digits, all digits of the integer part: 0.52, 45.2, 813, 12,345. */
export function rate(value: Maybe): string {
  return written(value, (known) =>
    known >= 1000 ? grouped(known.toFixed(0)) : significant(known),
  );
}

/**
 * In a sentence, where nothing stands below it: as a rate, without zeros at the end: 6.4, 1,240.
 */
export function short(value: Maybe): string {
  return written(value, (known) => withoutZeros(rate(known)));
}

/** What is repeatable to no more than two digits: 0.5, 1.2, 120, 1,200. */
export function twoDigits(value: Maybe): string {
  return written(value, (known) => short(Number(known.toPrecision(2))));
}

/** An exact count: 12,345. */
export function integer(value: Maybe): string {
  return written(value, (known) => grouped(String(Math.round(known))));
}

/** A count with its noun: 1 shard, 12,345 rows. */
export function counted(count: Maybe, noun: string): string {
  return `${integer(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** One number divided by another of its kind, such as max/mean: two decimals, 1.28. */
export function ratio(value: Maybe): string {
  return written(value, (known) => known.toFixed(2));
}

/** One whose difference from another is small and decides: three decimals, 1.045. */
export function fineRatio(value: Maybe): string {
  return written(value, (known) => known.toFixed(3));
}

/** How many times as much: 1.25×, 6.4×, 64×. */
export function times(factor: Maybe): string {
  if (!isKnown(factor)) return unknown;
  const shown = Number(factor.toFixed(2));
  return `${shown < 10 ? shown.toFixed(shown < 2 ? 2 : 1) : integer(shown)}×`;
}

/**
 * A fraction as a percentage, one decimal: 12.5 %. It never rounds something to nothing or to all
 * (<0.1 %, >99.9 %), and what is a whole percentage exactly, as limits are, has no decimal: 10 %.
 */
export function percent(fraction: Maybe): string {
  return written(fraction, (known) => {
    // 0.29 * 100 is 28.999999999999996.
    const exact = Number((known * 100).toPrecision(12));
    if (Number.isInteger(exact)) return `${grouped(String(exact))} %`;
    const text = exact.toFixed(1);
    if (text === '0.0') return '<0.1 %';
    if (text === '100.0' && exact < 100) return '>99.9 %';
    const [whole = '', decimals = ''] = text.split('.');
    return `${grouped(whole)}.${decimals} %`;
  });
}

/** The same below a heading that has the sign, with one decimal always: 12.5. */
export function hundredths(fraction: Maybe): string {
  return written(fraction, (known) => (known * 100).toFixed(1));
}

/** What is compared in milliseconds: 3 significant digits, 0.120 ms, 12.3 ms, 2,300 ms. */
export function ms(milliseconds: Maybe): string {
  return isKnown(milliseconds) ? `${significant(milliseconds)} ms` : unknown;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long something takes, given in milliseconds: in the largest unit of which there are two,
 * below 10 of them with one decimal: 850 ms, 15 s, 2.5 min, 12 min, 3.4 h, 2.1 days.
 */
export function duration(milliseconds: Maybe): string {
  return written(milliseconds, (known) => {
    if (known === 0) return '0 s';
    if (known < 999.5) return `${significant(known)} ms`;
    const seconds = known / 1000;
    if (seconds < 119.95) return `${Number(seconds.toFixed(1))} s`;
    if (seconds < 2 * hour) return `${oneDecimal(seconds / minute)} min`;
    if (seconds < 2 * day) return `${oneDecimal(seconds / hour)} h`;
    return `${oneDecimal(seconds / day)} days`;
  });
}

const oneDecimal = (value: number): string =>
  value < 9.95 ? `${Number(value.toFixed(1))}` : integer(value);

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in powers of 1,000: 64.0 MB. */
export function bytes(value: Maybe): string {
  return written(value, (known) => sized(known, significant));
}

/** A size that is repeatable to no more than two digits: 1.2 kB, 12 kB. */
export function roughBytes(value: Maybe): string {
  return written(value, (known) => sized(Number(known.toPrecision(2)), twoDigits));
}

function sized(value: number, digits: (value: number) => string): string {
  let scaled = value;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${integer(value)} B` : `${digits(scaled)} ${units[unit]}`;
}

/** An amount of money to three digits, of less than 10 to two: 0.5, 950, 1,230, 12,300. */
export function money(amount: Maybe): string {
  return written(amount, (known) => {
    if (known === 0) return '0';
    if (known < 0.01) return '<0.01';
    return known < 10 ? twoDigits(known) : integer(Number(known.toPrecision(3)));
  });
}

/** `a`, `a and b`, `a, b and c`; of more than `most` the first ones and how many more. */
export function listed(words: readonly (string | number)[], most = Infinity): string {
  const more = words.length - most;
  // "and 1 more" is no shorter than the one.
  if (more > 1) return `${words.slice(0, most).join(', ')} and ${integer(more)} more`;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? `${last}` : `${words.slice(0, -1).join(', ')} and ${last}`;
}
