import type { KeyedNumbers } from './keyed-numbers.ts';

const dayMs = 86_400_000;

const zonePattern = String.raw`Z|[+-]\d\d(?::?\d\d)?`;
const timeOfDay = String.raw`([ T])(\d\d):(\d\d)(?::(\d\d))?(?:\.(\d{1,9}))?\s*(${zonePattern})?`;
const written = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:${timeOfDay})?$`);

/**
 * A date or a time moved by as much as all others, so that order and distances stay; null where the
 * text is none. Parts of a second become others.
 */
export function shiftedTime(value: string, keyed: KeyedNumbers): string | null {
  const found = written.exec(value.trim());
  if (found === null) return null;
  const [, year, month, day, mark, hour = '0', minute = '0', second = '0', fraction, zoned] = found;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const shift = shiftMs(keyed);
  if (mark === undefined) {
    return isoText(at + Math.round(shift / dayMs) * dayMs)?.slice(0, 10) ?? null;
  }
  const ofDay = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const text = isoText(at + ofDay * 1000 + shift);
  if (text === undefined) return null;
  const parts = fraction === undefined ? '' : `.${otherDigits(fraction, keyed)}`;
  return `${text.slice(0, 10)}${mark}${text.slice(11, 19)}${parts}${zoned ?? ''}`;
}

/** Whole seconds of 3 to 30 years, into the past or the future. */
function shiftMs(keyed: KeyedNumbers): number {
  const seconds = 94_608_000n + keyed.below(852_000_000n, 'time', '');
  const isBack = keyed.below(2n, 'time/back', '') === 0n;
  return Number(seconds) * (isBack ? -1000 : 1000);
}

function isoText(ms: number): string | undefined {
  const text = Number.isFinite(ms) && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : '';
  return /^\d{4}-/.test(text) ? text : undefined;
}

function otherDigits(digits: string, keyed: KeyedNumbers): string {
  const limit = 10n ** BigInt(digits.length);
  const shift = 1n + keyed.below(limit - 1n, `fraction/${digits.length}`, '');
  return ((BigInt(digits) + shift) % limit).toString().padStart(digits.length, '0');
}

const clock = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([+-]\d\d(?::?\d\d)?)?$/;

/** A time of the day, moved around the clock. */
export function shiftedClock(value: string, keyed: KeyedNumbers): string | null {
  const found = clock.exec(value.trim());
  if (found === null) return null;
  const [, hour, minute, second, fraction, zone = ''] = found;
  const at = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const shift = 3600 + Number(keyed.below(79_200n, 'clock', ''));
  const moved = new Date(((at + shift) % 86_400) * 1000).toISOString().slice(11, 19);
  return `${moved}${fraction === undefined ? '' : `.${otherDigits(fraction, keyed)}`}${zone}`;
}
