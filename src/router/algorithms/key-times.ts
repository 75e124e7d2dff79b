import { daysInMonth, daysOf } from '../../base/civil-date.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import { snowflakeMs } from '../../base/snowflake.ts';
import { uuid7Ms } from '../../base/uuid-layout.ts';

/**
 * Writes the Unix milliseconds of the key bytes[start .. end) to out[0]; they rise with the order
 * of the keys. See Periods.indexAt for why they are not returned.
 */
export type KeyTime = (bytes: Uint8Array, start: number, end: number, out: Float64Array) => void;

const dayMs = 86_400_000;
const dash = 0x2d;
const zero = 0x30;

/**
 * The date in front of a text, `2026-01-31...`. Every text has one: where it stops being a date,
 * the rest counts as the earliest or the latest there is, as it sorts before or after a digit (or
 * the hyphen that is due). So texts keep their byte order, as in any range partitioning by text.
 */
const dateInText: KeyTime = (bytes, start, end, out) => {
  let year = 0;
  let month = 0;
  let day = 0;
  let rest = 0;
  for (let i = 0; i < 10; i += 1) {
    const code = start + i < end ? (bytes[start + i] ?? 0) : -1;
    const isDash = i === 4 || i === 7;
    if (rest === 0) {
      if (code < (isDash ? dash : zero)) rest = -1;
      else if (code > (isDash ? dash : zero + 9)) rest = 1;
    }
    if (isDash) continue;
    const digit = rest === 0 ? code - zero : rest < 0 ? 0 : 9;
    if (i < 4) year = year * 10 + digit;
    else if (i < 7) month = month * 10 + digit;
    else day = day * 10 + digit;
  }
  let days = 0;
  if (month < 1) days = daysOf(year, 1, 1);
  else if (month > 12) days = daysOf(year, 12, 31);
  else days = daysOf(year, month, Math.max(1, Math.min(day, daysInMonth(year, month))));
  out[0] = days * dayMs;
};

/**
 * How a key's time is read: an int8 is a Snowflake id whose milliseconds begin at `epochMs`, a uuid
 * is of version 7 (others have random bits there), a text begins with a date.
 */
export function keyTime(type: RoutedKeyType, epochMs: number): KeyTime {
  if (type === 'text') return dateInText;
  if (type === 'uuid') {
    return (bytes, start, _end, out) => {
      out[0] = uuid7Ms(bytes, start);
    };
  }
  return (bytes, start, _end, out) => {
    out[0] = epochMs + snowflakeMs(bytes, start);
  };
}
