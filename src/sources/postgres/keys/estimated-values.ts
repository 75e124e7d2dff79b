import type { ColumnStats } from '../../../profile/evidence.ts';
import type { MeasuredValues } from './exact-values.ts';
import { isUnique, type KeyTable } from './key-table.ts';
import { evenValues } from './unique-values.ts';

/**
 * From the planner's statistics alone: null without any, and for several columns, of which they say
 * nothing together unless they are unique. What is not among the most common values is taken to be
 * spread evenly over the remaining ones.
 */
export function estimatedValues(place: KeyTable): MeasuredValues | null {
  const { columns, table } = place;
  const rows = table.rows.count;
  if (table.rows.basis === 'none') return null;
  const nullFraction = nullFractionOf(place);
  const there = rows * (1 - nullFraction);
  if (isUnique(place)) return { ...evenValues(rows, there), basis: 'estimated', looked: 0 };
  const stats = columns.length === 1 ? (columns[0]?.stats ?? null) : null;
  if (stats === null) return null;
  const common = there === 0 ? [] : sharesOf(stats);
  const commonShare = common.reduce((sum, { share }) => sum + share, 0);
  const others = Math.max(0, stats.distinct - common.length);
  const rest = Math.max(0, 1 - commonShare);
  return {
    basis: 'estimated',
    rows,
    looked: Math.min(rows, analyzedRows),
    distinct: Math.round(Math.max(common.length, stats.distinct)),
    distinctDoubtful: !isComplete(stats) && stats.distinct < 0.9 * there,
    nullFraction,
    top: common,
    sumOfSquares:
      common.reduce((sum, { share }) => sum + share ** 2, 0) +
      (others > 0 ? rest ** 2 / others : 0),
    rowsPerValue: [],
  };
}

/** Whether the statistics say all there is to say: nothing hides behind the most common values. */
export function statisticsSuffice(place: KeyTable): boolean {
  if (place.table.rows.basis === 'none') return false;
  if (isUnique(place)) return true;
  const stats = place.columns.length === 1 ? place.columns[0]?.stats : null;
  return stats !== null && stats !== undefined && isComplete(stats);
}

/** Rows that ANALYZE looks at with its default target of 100. */
const analyzedRows = 30_000;
/** Frequencies are stored in single precision. */
const rounding = 1e-4;

function isComplete({ mostCommon, nullFraction, distinct }: ColumnStats): boolean {
  const known = mostCommon.reduce((sum, { fraction }) => sum + fraction, nullFraction);
  return known >= 1 - rounding && mostCommon.length >= distinct;
}

function sharesOf({ mostCommon, nullFraction }: ColumnStats): { value: string; share: number }[] {
  if (nullFraction >= 1) return [];
  return mostCommon.map(({ value, fraction }) => ({ value, share: fraction / (1 - nullFraction) }));
}

/** A key lacks a value where one of its columns does. */
export const nullFractionOf = ({ columns }: KeyTable): number =>
  1 - columns.reduce((share, { stats, notNull }) => share * (1 - nullShare(stats, notNull)), 1);

const nullShare = (stats: ColumnStats | null, notNull: boolean): number =>
  notNull || stats === null ? 0 : stats.nullFraction;
