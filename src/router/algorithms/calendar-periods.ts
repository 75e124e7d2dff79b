import { daysOf, monthsAtDay } from '../../base/civil-date.ts';

/**
 * Periods of the calendar in UTC, numbered from one fixed origin, so that a period keeps its number
 * whatever else changes. Those of minutes, hours and days count from 1970-01-01, weeks from a
 * Monday, months and years from January of the year 0.
 */
export interface Periods {
  /** As it was written: `1 month`. */
  readonly text: string;
  /**
   * Number of the period that holds time[0], Unix milliseconds. They come in an array because a
   * number beyond 31 bits that is handed from function to function may be allocated each time.
   */
  indexAt(time: Float64Array): number;
  /** When the period of this number begins. */
  startOf(index: number): number;
  /** Whether none is shorter than a day. */
  readonly wholeDays: boolean;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** 1969-12-29, the Monday before the origin. */
const mondayMs = -3 * dayMs;

const unitMs: Readonly<Record<string, number>> = {
  minute: minuteMs,
  hour: 60 * minuteMs,
  day: dayMs,
  week: 7 * dayMs,
};
const unitMonths: Readonly<Record<string, number>> = { month: 1, year: 12 };

export const periodsAllowed =
  'a number of minutes, hours, days, weeks, months or years, such as 1 month';

function fixedPeriods(text: string, sizeMs: number, originMs: number): Periods {
  return {
    text,
    indexAt: (time) => Math.floor(((time[0] ?? 0) - originMs) / sizeMs),
    startOf: (index) => originMs + index * sizeMs,
    wholeDays: sizeMs >= dayMs,
  };
}

function monthPeriods(text: string, months: number): Periods {
  return {
    text,
    indexAt: (time) => Math.floor(monthsAtDay(Math.floor((time[0] ?? 0) / dayMs)) / months),
    startOf(index) {
      const month = index * months;
      const year = Math.floor(month / 12);
      return daysOf(year, month - year * 12 + 1, 1) * dayMs;
    },
    wholeDays: true,
  };
}

/** `1 month`, `6 hours`; undefined for what is none. */
export function parsePeriods(text: string): Periods | undefined {
  const found = /^([1-9]\d{0,3}) (minute|hour|day|week|month|year)s?$/.exec(text.trim());
  if (found === null) return undefined;
  const count = Number(found[1]);
  const unit = found[2] ?? '';
  const months = unitMonths[unit];
  if (months !== undefined) return monthPeriods(text, count * months);
  return fixedPeriods(text, count * (unitMs[unit] ?? dayMs), unit === 'week' ? mondayMs : 0);
}
