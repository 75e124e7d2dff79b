import { describe, expect, it } from 'vitest';
import { daysInMonth, daysOf, monthsAtDay, parseTime } from './civil-date.ts';

const msOfDay = 86_400_000;

describe('civil dates', () => {
  it('agree with Date on every day of 800 years, and far away', () => {
    const days = Array.from({ length: 2 * 146_097 }, (_, i) => i - 170_000);
    const wrong = [...days, -719_468, -719_469, -1_000_000, 2_932_896, 3_500_000].filter((day) => {
      const date = new Date(day * msOfDay);
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
      const read = daysOf(year, month, date.getUTCDate());
      return read !== day || monthsAtDay(day) !== year * 12 + month - 1;
    });
    expect(wrong).toEqual([]);
  });

  it('knows the lengths of months', () => {
    for (const year of [1900, 2000, 2023, 2024, 2100]) {
      for (let month = 1; month <= 12; month += 1) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        expect(daysInMonth(year, month)).toBe(last);
      }
    }
  });
});

describe('parseTime', () => {
  it.each([
    '1970-01-01',
    '2026-01-31',
    '2024-02-29',
    '0001-01-01',
    '9999-12-31T23:59:59Z',
    '2026-01-31T18:00Z',
  ])('reads %s as Date does', (text) => {
    expect(parseTime(text)).toBe(Date.parse(text));
  });

  it.each([
    '',
    '2026',
    '2026-1-31',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-01-31 18:00',
    '2026-01-31T18:00',
    '2026-01-31T24:00Z',
    '2026-01-31T18:60Z',
    ' 2026-01-31',
  ])('refuses %j', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});
