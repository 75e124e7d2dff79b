import { numberOf } from '../health/health-report.ts';
import type { MeasuredValues } from './exact-values.ts';
import { allThere, fromTable, joinedText, keyValues, type KeyTable } from './key-table.ts';
import { keyTexts, namedValues, uniqueColumns, valueNames } from './key-table.ts';
import { type Measuring, statementMs } from './measuring.ts';

/** Values that stand for all, of which each has one row. */
const shown = 5;

/** What is known of a unique key without looking: each value has one row. */
export function evenValues(rows: number, there: number): Omit<MeasuredValues, 'basis' | 'looked'> {
  const values = Math.round(there);
  return {
    rows,
    distinct: values,
    distinctDoubtful: false,
    nullFraction: rows === 0 ? 0 : 1 - there / rows,
    top: [],
    sumOfSquares: values === 0 ? 0 : 1 / values,
    rowsPerValue: values === 0 ? [] : Array.from({ length: 101 }, () => 1),
  };
}

/** Rows of a unique key counted: there is nothing to group. */
export async function countedUnique(
  measuring: Measuring,
  place: KeyTable,
): Promise<MeasuredValues | null> {
  const answer = await measuring.ask(
    place,
    `select count(*) as rows, count(*) filter (where ${allThere(keyValues(place))}) as present` +
      ` from ${fromTable(place.table)} t`,
    Math.max(statementMs, measuring.exactMsLeft()),
  );
  const rows = numberOf(answer?.[0]?.rows);
  const there = numberOf(answer?.[0]?.present);
  if (rows === null || there === null) return null;
  measuring.read.countedRows = (measuring.read.countedRows ?? 0) + rows;
  const counted = { ...evenValues(rows, there), basis: 'exact' as const, looked: rows };
  return withExamples(measuring, place, counted);
}

/** The first values of the unique index: they are as large as all others. */
export async function withExamples(
  measuring: Measuring,
  place: KeyTable,
  values: MeasuredValues,
): Promise<MeasuredValues> {
  const unique = uniqueColumns(place);
  if (unique === null || values.distinct === 0) return values;
  const plain = keyValues(place);
  const order = place.columns.flatMap(({ name }, at) => (unique.includes(name) ? [at] : []));
  const rows = await measuring.ask(
    place,
    `select ${joinedText(valueNames(plain))} as value` +
      ` from (select ${namedValues(keyTexts(place))} from ${fromTable(place.table)} t` +
      ` where ${allThere(plain)}` +
      ` order by ${order.map((at) => plain[at]).join(', ')} limit ${shown}) as first`,
    statementMs,
    true,
  );
  const share = 1 / values.distinct;
  return { ...values, top: (rows ?? []).map(({ value }) => ({ value: String(value), share })) };
}
