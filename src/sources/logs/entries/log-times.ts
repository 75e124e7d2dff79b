import { daysInMonth, daysOf } from '../../../base/civil-date.ts';
import { zoneMinutes } from './time-zones.ts';

/** `2026-01-31 18:00:59.123 CET`, with or without milliseconds. */
const written = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(\S*)$/;

/** Length of `2026-01-31 18:00:59`. */
const toSecond = 19;
const zero = 0x30;

/**
 * Times of a log in Unix milliseconds. Lines of one second follow each other, so that the last one
 * is kept. A zone that is not known counts as UTC, and is kept to be said.
 */
export class LogTimes {
  #second = '';
  #zone = '';
  #secondMs = 0;
  #unknownZone: string | null = null;
  #lastZone: string | null = null;

  get unknownZone(): string | null {
    return this.#unknownZone;
  }

  /** As it stands in the log. */
  get zone(): string | null {
    return this.#lastZone;
  }

  /** null: no such time. */
  read(text: string): number | null {
    const fast = this.#sameSecond(text);
    if (fast !== null) return fast;
    const found = written.exec(text);
    if (found === null) return null;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
      .slice(1, 7)
      .map(Number);
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
    if (hour > 23 || minute > 59 || second > 60) return null;
    const zone = found[8] ?? '';
    const east = zone === '' ? 0 : zoneMinutes(zone);
    if (east === null) this.#unknownZone ??= zone;
    const seconds = (hour * 60 + minute - (east ?? 0)) * 60 + second;
    this.#secondMs = daysOf(year, month, day) * 86_400_000 + seconds * 1000;
    this.#second = text.slice(0, toSecond);
    this.#zone = zone;
    this.#lastZone = zone;
    // Rounded to microseconds: the product of a fraction is not always whole.
    return this.#secondMs + Math.round(Number(`0.${found[7] ?? 0}`) * 1e6) / 1000;
  }

  /** `.123 UTC` behind a second that is known; null: it is another one, or in another form. */
  #sameSecond(text: string): number | null {
    if (this.#second === '' || !text.startsWith(this.#second)) return null;
    if (text.charCodeAt(toSecond) !== 0x2e || text.charCodeAt(toSecond + 4) !== 0x20) return null;
    if (text.length !== toSecond + 5 + this.#zone.length || !text.endsWith(this.#zone)) return null;
    const digit = (at: number): number => text.charCodeAt(toSecond + at) - zero;
    const [hundreds, tens, ones] = [digit(1), digit(2), digit(3)];
    if (!(isDigit(hundreds) && isDigit(tens) && isDigit(ones))) return null;
    return this.#secondMs + hundreds * 100 + tens * 10 + ones;
  }
}

const isDigit = (value: number): boolean => value >= 0 && value <= 9;
