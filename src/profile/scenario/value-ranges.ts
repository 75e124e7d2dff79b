import type { ColumnEvidence } from '../evidence.ts';
import type { ColumnType } from './column-types.ts';

/** Bounds of numbers, rounded outward: what bounds a column is a value of the user's data. */
export function numberRange(
  { stats }: ColumnEvidence,
  type: ColumnType,
): Readonly<Record<'min' | 'max' | 'decimals', number>> {
  const decimals = decimalsOf(type);
  const seen = [...(stats?.histogram ?? []), ...(stats?.mostCommon ?? []).map(({ value }) => value)]
    .map((value) => Number(value.replaceAll(/[$,]/g, '')))
    .filter(Number.isFinite);
  const most = largestOf(type);
  const assumed = Math.min(most, type.kind === 'integer' ? 1000 : 100);
  const low = seen.length === 0 ? 0 : outward(Math.min(...seen), -1);
  const high = seen.length === 0 ? assumed : outward(Math.max(...seen), 1);
  const fit = (value: number): number => Math.max(-most, Math.min(most, value));
  return { min: fit(low), max: Math.max(fit(low), fit(high)), decimals };
}

function decimalsOf({ kind, type, length, decimals }: ColumnType): number {
  if (kind === 'integer') return 0;
  if (decimals !== null) return Math.max(0, Math.min(12, decimals));
  // numeric(5) has none.
  return length !== null && /^(numeric|decimal)/.test(type) ? 0 : 2;
}

function largestOf({ kind, type, length, decimals }: ColumnType): number {
  if (/^(smallint|int2)/.test(type)) return 32_767;
  if (/^(integer|int4?\b)/.test(type)) return 2 ** 31 - 1;
  if (kind === 'number' && length !== null) {
    return Math.min(1e12, 10 ** (length - (decimals ?? 0)) - 10 ** -Math.max(0, decimals ?? 0));
  }
  return 1e12;
}

/** The next number of two digits away from zero, or towards it where that is outward. */
function outward(value: number, side: 1 | -1): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  const steps = side === 1 ? Math.ceil(value / unit) : Math.floor(value / unit);
  return Number((steps * unit).toPrecision(2));
}

const assumedDays = '2020-01-01..2025-12-31';

/** Whole years. */
export function dayRange({ stats }: ColumnEvidence): string {
  const years = [
    ...(stats?.histogram ?? []),
    ...(stats?.mostCommon ?? []).map(({ value }) => value),
  ]
    .map((value) => Number(/^(\d{4})-\d\d-\d\d/.exec(value)?.[1]))
    .filter((year) => year >= 1970 && year < 9999);
  if (years.length === 0) return assumedDays;
  return `${Math.min(...years)}-01-01..${Math.max(...years)}-12-31`;
}
