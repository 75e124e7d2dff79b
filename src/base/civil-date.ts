// Howard Hinnant, https://howardhinnant.github.io/date_algorithms.html: days to year and month and
// back in the proleptic Gregorian calendar, by whole numbers alone.

const daysOfEra = 146_097;

/** Days from 1970-01-01 to a date that exists; months and days count from 1. */
export function daysOf(year: number, month: number, day: number): number {
  // The year begins in March, so that the day that may be missing is its last.
  const from = month <= 2 ? year - 1 : year;
  const era = Math.floor(from / 400);
  const yearOfEra = from - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * daysOfEra + yearOfEra * 365 + leaps + dayOfYear - 719_468;
}

/** Months from January of the year 0 to the month of a day; days count from 1970-01-01. */
export function monthsAtDay(days: number): number {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / daysOfEra);
  const day = shifted - era * daysOfEra;
  const leaps = Math.floor(day / 1460) - Math.floor(day / 36_524) + Math.floor(day / 146_096);
  const yearOfEra = Math.floor((day - leaps) / 365);
  const before = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const sinceMarch = Math.floor((5 * (day - before) + 2) / 153);
  return (era * 400 + yearOfEra) * 12 + sinceMarch + 2;
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Days of a month, from 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return monthDays[month - 1] ?? 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const written = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?Z)?$/;

export const timeAllowed = 'a date such as 2026-01-31, or a time such as 2026-01-31T18:00Z (UTC)';

/** `2026-01-31` or `2026-01-31T18:00:00Z` as Unix milliseconds; undefined for no such time. */
export function parseTime(text: string): number | undefined {
  const found = written.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return daysOf(year, month, day) * 86_400_000 + ((hour * 60 + minute) * 60 + second) * 1000;
}
