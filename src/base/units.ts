/**
 * Quantities as people write them. Parsers return undefined for what is no such quantity; whether
 * zero is allowed is for the caller to say. `*Allowed` is the text for the error message.
 */

/** Times are whole nanoseconds in doubles, which are exact for 2,501 hours. */
export const longest = { ms: 2500 * 3_600_000, text: '2500h' };
/** One a nanosecond. */
export const fastest = { perSecond: 1e9, text: '1000000000/s' };
/** Bytes are whole numbers in doubles, which are exact up to 2^53. */
export const largest = { bytes: 9000e12, text: '9000TB' };

export const durationAllowed = 'a duration with its unit, such as 500ms, 15s, 2m or 1h';
export const rateAllowed = 'a rate with its unit, such as 800/s, 3000/m or 7200/h';
export const sizeAllowed =
  'a size with its unit, such as 512B, 64kB, 64MB or 1GB (powers of 1000; KiB, MiB and GiB are ' +
  'powers of 1024)';
export const fractionAllowed = 'a share, as 30% or as 0.3';

const durationUnits: Units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const sizeUnits: Units = {
  B: 1,
  kB: 1e3,
  KiB: 2 ** 10,
  MB: 1e6,
  MiB: 2 ** 20,
  GB: 1e9,
  GiB: 2 ** 30,
  TB: 1e12,
  TiB: 2 ** 40,
};
/** Written by some, meant as kB. */
const readUnits: Units = { ...sizeUnits, KB: 1e3 };
const amountPattern = '\\d+(\\.\\d+)?';
/** Seconds in each unit. */
const rateUnits: Units = { '/s': 1, '/m': 60, '/h': 3600 };

type Units = Readonly<Record<string, number>>;

/**
 * What the parsers read, for those who cannot call them (editors); zero is for others to exclude.
 */
export const quantityPatterns = {
  duration: patternOf(durationUnits),
  rate: patternOf(rateUnits),
  size: patternOf(readUnits),
  fraction: `^\\s*${amountPattern} ?%?\\s*$`,
};

function patternOf(units: Units): string {
  return `^\\s*${amountPattern} ?(${Object.keys(units).join('|')})\\s*$`;
}

/** `15s` as milliseconds. */
export function parseDuration(text: string): number | undefined {
  const found = split(text, durationUnits);
  return found && found.amount * found.unit;
}

/** `800/s` as operations per second. */
export function parseRate(text: string): number | undefined {
  const found = split(text, rateUnits);
  return found && found.amount / found.unit;
}

/**
 * `64MB` as whole bytes. kB, MB, GB and TB are powers of 1000, as disks and bills have them and as
 * reports write them; KiB, MiB, GiB and TiB are powers of 1024. (In Postgres' own settings MB is
 * one of 1024 as well: https://www.postgresql.org/docs/current/config-setting.html.)
 */
export function parseSize(text: string): number | undefined {
  const found = split(text, readUnits);
  return found && Math.round(found.amount * found.unit);
}

/** `30%` or `0.3` as 0.3; undefined outside [0, 1]. */
export function parseFraction(value: string | number): number | undefined {
  const fraction = typeof value === 'number' ? value : fractionOf(value);
  return fraction !== undefined && fraction >= 0 && fraction <= 1 ? fraction : undefined;
}

function fractionOf(text: string): number | undefined {
  const percent = split(text, { '%': 1 });
  // 77.064 / 100 is 0.7706399999999999.
  if (percent) return Number((percent.amount / 100).toPrecision(15));
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function split(text: string, units: Units): { amount: number; unit: number } | undefined {
  const parts = /^(\d+(?:\.\d+)?) ?([a-zA-Z/%]+)$/.exec(text.trim());
  const name = parts?.[2];
  if (name === undefined || !Object.hasOwn(units, name)) return undefined;
  const amount = Number(parts?.[1]);
  const unit = units[name];
  return unit === undefined || !Number.isFinite(amount) ? undefined : { amount, unit };
}

/** Milliseconds in the largest unit that leaves a whole number; exact to the nanosecond. */
export function formatDuration(ms: number): string {
  if (ms === 0) return '0s';
  const unit = ['h', 'm', 's'].find((name) => ms % (durationUnits[name] ?? 1) === 0) ?? 'ms';
  return `${decimal(ms / (durationUnits[unit] ?? 1))}${unit}`;
}

/** A rate per second in the first unit that leaves a whole number. */
export function formatRate(perSecond: number): string {
  for (const [unit, seconds] of Object.entries(rateUnits)) {
    const amount = Math.round(perSecond * seconds);
    if (amount / seconds === perSecond) return `${decimal(amount)}${unit}`;
  }
  return `${decimal(perSecond)}/s`;
}

/** Whole bytes in the unit that leaves the smallest whole number, so that no byte is lost. */
export function formatSize(bytes: number): string {
  if (bytes === 0) return '0B';
  const fitting = Object.entries(sizeUnits).filter(([, size]) => bytes % size === 0);
  const [unit, size] = fitting.reduce((best, each) => (each[1] > best[1] ? each : best));
  return `${decimal(bytes / size)}${unit}`;
}

/** 0.3 as `30%`. */
export function formatFraction(fraction: number): string {
  // 0.29 * 100 is 28.999999999999996.
  return `${decimal(Number((fraction * 100).toPrecision(15)))}%`;
}

/** Without an exponent, which no parser above reads. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? withoutExponent(value) : text;
}

function withoutExponent(value: number): string {
  return Math.abs(value) >= 1 ? BigInt(value).toString() : value.toFixed(12);
}
