import { sum } from '../../base/statistics/moments.ts';
import type { Evidence, KeyLoad, KeyValues } from '../evidence.ts';
import { discountedShares, unbiasedSquares } from './discounted-shares.ts';
import { belowTop, withZeros } from './quantile-list.ts';
import { valuesAt } from '../../workload/quantile-values.ts';
import { writtenLeast } from '../written-least.ts';

/** Shares of the load by tenant, and what they are of. */
export interface TenantShares {
  /** The largest first; they add up to 1. */
  readonly load: Float64Array;
  /** Of the same tenants; null: as their load. */
  readonly bytes: Float64Array | null;
  /** observed, written: as KeyLoad has them. rows: of rows. none: nothing was seen. */
  readonly basis: 'observed' | 'written' | 'rows' | 'none';
  /** Operations or rows that they were counted from. */
  readonly counted: number;
  /** Whether the counts were a sample, whose luck is taken out. */
  readonly isSample: boolean;
  /** Tenants that were seen among all. */
  readonly seen: number;
  /** The table whose rows they are shares of; null: they are of no rows. */
  readonly table: string | null;
}

/** A log says more than what transactions left in rows, and that more than the rows. */
export function tenantShares(
  { load, values }: Pick<Evidence, 'load' | 'values'>,
  key: string,
  tenants: number,
): TenantShares {
  const own = values.filter((each) => each.key === key && each.distinct > 0);
  const rows = mostTelling(own);
  const known = load.filter((each) => each.key === key && each.counted >= writtenLeast);
  const best =
    known.find(({ basis }) => basis === 'observed') ??
    known.find(({ basis }) => basis === 'written');
  if (best !== undefined) {
    const { basis, counted, distinct } = best;
    const shares = loadShares(best, Math.max(tenants, distinct));
    const bytes = rows === null ? null : bytesBeside(best, rows, shares.length);
    return { load: shares, bytes, basis, counted, isSample: true, seen: distinct, table: null };
  }
  if (rows === null) {
    const even = new Float64Array(tenants).fill(1 / tenants);
    return {
      load: even,
      bytes: null,
      basis: 'none',
      counted: 0,
      isSample: false,
      seen: 0,
      table: null,
    };
  }
  const all = Math.max(tenants, Math.round(rows.distinct));
  const shares = rowShares(rows, all);
  const isSample = rows.basis === 'sampled';
  return {
    load: shares,
    bytes: null,
    basis: 'rows',
    counted: rows.looked,
    isSample,
    seen: Math.round(rows.distinct),
    table: rows.table,
  };
}

/** The table whose rows tell tenants apart: not that in which each stands once. */
function mostTelling(values: readonly KeyValues[]): KeyValues | null {
  const [most] = values.toSorted((a, b) => b.rows - a.rows);
  return most ?? null;
}

function loadShares(found: KeyLoad, tenants: number): Float64Array {
  const top = found.top.map(({ count, error }) => Math.max(0, count - error / 2));
  const counts = withRest(top, found.countsPerValue, found.distinct, found.counted);
  const total = sum(counts);
  const squares =
    found.pairs === null || total < 2
      ? unbiasedSquares(counts)
      : found.pairs / (found.counted * (found.counted - 1));
  return discountedShares(counts, tenants, squares);
}

function rowShares(found: KeyValues, tenants: number): Float64Array {
  const { top, rowsPerValue, looked, sumOfSquares, basis } = found;
  const distinct = Math.min(tenants, Math.max(top.length, Math.round(found.distinct)));
  const shares = top.map(({ share }) => share).toSorted((a, b) => b - a);
  const all = withRest(shares, rowsPerValue, distinct, 1);
  if (basis === 'sampled') {
    return discountedShares(
      all.map((share) => share * looked),
      tenants,
      sumOfSquares,
    );
  }
  const padded = new Float64Array(tenants);
  padded.set(all.subarray(0, tenants));
  return padded;
}

/**
 * Values of which the largest are known one by one and the others by quantiles over all; these are
 * scaled so that all together are `total`.
 */
function withRest(
  top: readonly number[],
  quantiles: readonly number[],
  distinct: number,
  total: number,
): Float64Array {
  const others = Math.max(0, Math.round(distinct) - top.length);
  const known = sum(top);
  if (others === 0) return scaledTo(Float64Array.from(top), total);
  const least = top.at(-1) ?? Infinity;
  const ends = quantiles.at(-1) ?? 0;
  // Quantiles may be in another unit than the largest.
  const unit = top[0] === undefined || top[0] === 0 ? 1 : ends / top[0];
  const rest = belowTop(quantiles, Math.round(distinct), top.length, least * unit).toReversed();
  const left = Math.max(0, total - known);
  const scale = left / Math.max(sum(rest), Number.MIN_VALUE);
  const scaled = rest.map((value) => Math.min(least, value * scale));
  const all = new Float64Array(top.length + others);
  all.set(top);
  all.set(scaled, top.length);
  return scaledTo(all, total);
}

function scaledTo(values: Float64Array, total: number): Float64Array {
  const all = sum(values);
  return all === 0 ? values : values.map((value) => (value / all) * total);
}

/** The share of the rows that each of the tenants with most load has. */
function bytesBeside(load: KeyLoad, rows: KeyValues, tenants: number): Float64Array {
  const shareOf = new Map(rows.top.map(({ value, share }) => [value, share]));
  const known = load.top.map(({ value }) => shareOf.get(value));
  const least = rows.top.at(-1)?.share ?? 0;
  const table = withZeros(rows.rowsPerValue, 1 - rows.distinct / Math.max(tenants, rows.distinct));
  const rest = valuesAt(table.length > 1 ? table : [1, 1], tenants).toReversed();
  const perRow = 1 / Math.max(1, rows.rows);
  const bytes = rest.map((value, i) => {
    if (i >= known.length) return value * perRow;
    // Of those that are not among the largest in rows it is not known how many they have.
    return known[i] ?? Math.min(least, value * perRow);
  });
  return scaledTo(bytes, 1);
}
