import type { KeyValues } from '../../../profile/evidence.ts';
import { distinctOf, mergedClasses, pairsOf, quantilesOf, rowsOf } from './count-classes.ts';
import { allThere, fromTable, keyTexts, keyValues, type KeyTable } from './key-table.ts';
import { namedValues, valueNames } from './key-table.ts';
import { type Measuring, placeOf, statementMs } from './measuring.ts';
import { byCount, groupsSql, topMost, type ValueGroups, valueGroups } from './value-groups.ts';

/** Values of one table as far as they are measured; the rest is the same for all ways. */
export type MeasuredValues = Omit<KeyValues, 'key' | 'table' | 'physicalCorrelation' | 'monotonic'>;

/** Rows that one statement groups: more are split by a hash of their values. */
const rowsAtOnce = 20_000_000;
/** Where that takes too long, so many times more parts: each reads all rows, and groups fewer. */
const finerParts = 8;
/** Fewer rows are not worth it. */
const rowsToSplit = 2_000_000;

/** Counts all rows of each value, in the database; null where that did not work. */
export async function exactValues(
  measuring: Measuring,
  place: KeyTable,
): Promise<MeasuredValues | null> {
  const rows = place.table.rows.count;
  const parts = Math.max(1, Math.ceil(rows / rowsAtOnce));
  const isLarge = measuring.options.exact !== null && rows >= rowsToSplit;
  const groups =
    (await groupsIn(measuring, place, parts, isLarge)) ??
    (isLarge ? await groupsIn(measuring, place, parts * finerParts, false) : null);
  return groups === null ? null : countedValues(measuring, groups);
}

async function groupsIn(
  measuring: Measuring,
  place: KeyTable,
  parts: number,
  otherWay: boolean,
): Promise<ValueGroups[] | null> {
  const groups: ValueGroups[] = [];
  for (let part = 0; part < parts; part += 1) {
    const limitMs = Math.max(measuring.exactMsLeft(), measuring.isSmall(place) ? statementMs : 0);
    const rows = await measuring.ask(place, countSql(place, part, parts), limitMs, otherWay);
    if (rows === null) return null;
    groups.push(valueGroups(rows));
    if (parts > 1)
      measuring.options.report(`${place.key}, ${place.table.name} ${part + 1}/${parts}`);
  }
  return groups;
}

/** Whether --exact was asked for and allows it; says why not. */
export function mayCountExactly(measuring: Measuring, place: KeyTable): boolean {
  const { exact } = measuring.options;
  if (exact === null) return false;
  if (place.table.rows.count > exact.rowsMost) {
    measuring.unseen.add('exact-too-many-rows', placeOf(place), { rowsMost: exact.rowsMost });
    return false;
  }
  if (measuring.exactMsLeft() > 0) return true;
  measuring.unseen.add('exact-out-of-time', placeOf(place), { timeMs: exact.timeMs });
  return false;
}

/** All values of a hash class are in one part, so that parts can be added up. */
function countSql(place: KeyTable, part: number, parts: number): string {
  const values = parts === 1 ? keyValues(place) : keyTexts(place);
  const names = valueNames(values);
  const hashed = `hashtext(concat_ws(chr(31), ${keyTexts(place).join(', ')}))`;
  const where = parts === 1 ? '' : ` where (${hashed}::int8 + 2147483648) % ${parts} = ${part}`;
  const nulls = `select coalesce(sum(n), 0) from counted where not (${allThere(names)})`;
  return groupsSql(
    [
      `counted as (select ${names.join(', ')}, count(*) as n from (select ${namedValues(values)}` +
        ` from ${fromTable(place.table)} t${where}) as each group by ${names.join(', ')})`,
      `groups as (select * from counted where ${allThere(names)})`,
    ],
    names.length,
    { nulls },
  );
}

function countedValues(measuring: Measuring, groups: readonly ValueGroups[]): MeasuredValues {
  const classes = mergedClasses(groups.map((each) => each.classes));
  const there = rowsOf(classes);
  const nulls = groups.reduce((sum, { totals }) => sum + (totals.nulls ?? 0), 0);
  const rows = there + nulls;
  measuring.read.countedRows = (measuring.read.countedRows ?? 0) + rows;
  const top = groups.flatMap((each) => each.top).toSorted(byCount);
  return {
    basis: 'exact',
    rows,
    looked: rows,
    distinct: distinctOf(classes),
    distinctDoubtful: false,
    nullFraction: rows === 0 ? 0 : nulls / rows,
    top: top.slice(0, topMost).map(({ value, count }) => ({ value, share: count / there })),
    sumOfSquares: there === 0 ? 0 : (pairsOf(classes) + there) / there ** 2,
    rowsPerValue: quantilesOf(classes),
  };
}
