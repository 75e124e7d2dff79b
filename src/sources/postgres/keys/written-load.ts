import type { CandidateKey, KeyLoad } from '../../../profile/evidence.ts';
import { distinctOf, pairsOf, quantilesOf, rowsOf } from './count-classes.ts';
import { allThere, isReadable, type KeyTable, keyTexts } from './key-table.ts';
import { namedValues, valueNames } from './key-table.ts';
import { type Measuring } from './measuring.ts';
import { pageSample } from './sample-clause.ts';
import { groupsSql, valueGroups } from './value-groups.ts';

/** Rows of all tables of a candidate that are looked at; of more a part of their pages. */
const rowsToLookAt = 2_000_000;
/** Each table in a statement is locked (shared) for its time. */
const tablesMost = 40;
const limitMs = 30_000;
/** A transaction is a bulk load, and no work of a user, above any of these. */
const bulk = { rows: 1_000, values: 100, valuesLeast: 10, valuesShare: 0.1 };

/**
 * Write load by key from what is in the heap: each row has the transaction that made its version
 * (xmin), and a transaction counts once for each value of the key that it wrote, over all tables.
 * Bulk loads are left out: they say how much there is, not how often it is written. What rows hide:
 * versions that later writes replaced, and deleted rows. Freezing leaves xmin as it is.
 */
export async function writtenLoad(
  measuring: Measuring,
  { key }: CandidateKey,
  places: readonly KeyTable[],
): Promise<KeyLoad | null> {
  const usable = places
    .filter((place) => isReadable(place) && place.table.kind !== 'foreign')
    .toSorted((a, b) => b.table.rows.count - a.table.rows.count);
  const looked = usable.slice(0, tablesMost);
  const [first] = looked;
  if (first === undefined || !measuring.hasTime(first)) return null;
  const tables = usable.map(({ table }) => table.name);
  if (usable.length > looked.length) {
    measuring.unseen.add('written-load-of-some-tables', { key, tables: tables.slice(tablesMost) });
  }
  const rows = await measuring.ask(first, writesSql(looked), limitMs);
  if (rows === null) return null;
  const { classes, top, totals } = valueGroups(rows);
  const counted = rowsOf(classes);
  if (counted === 0) {
    measuring.unseen.add('written-load-none', { key, tables });
    return null;
  }
  const updated = looked.reduce((sum, { table }) => sum + (table.activity?.updated ?? 0), 0);
  if (updated > counted) {
    measuring.unseen.add('written-load-overwritten', { key, tables }, { updated, counted });
  }
  return {
    key,
    basis: 'written',
    counted,
    distinct: distinctOf(classes),
    top: top.map(({ value, count }) => ({ value, count, error: 0, overTime: [] })),
    pairs: pairsOf(classes),
    countsPerValue: quantilesOf(classes),
    transactions: { several: totals.several ?? 0, all: totals.transactions ?? 0 },
    distinctOverTime: [],
  };
}

function writesSql(places: readonly KeyTable[]): string {
  const total = places.reduce((sum, { table }) => sum + table.rows.count, 0);
  const share = Math.min(1, rowsToLookAt / Math.max(1, total));
  const names = valueNames(places[0]?.columns.map(() => '') ?? []);
  const listed = names.join(', ');
  const writes = places.map((place) => {
    const texts = keyTexts(place);
    return (
      `select t.xmin::text as x, ${namedValues(texts)} from ${pageSample(place.table, share).from}` +
      ` where ${allThere(texts)}`
    );
  });
  const { rows, values, valuesLeast, valuesShare } = bulk;
  const valuesMost = `greatest(${valuesLeast}, ${valuesShare} * (select n from many))`;
  return groupsSql(
    [
      `written as (select x, ${listed}, count(*) as n from (${writes.join(' union all ')}) as each` +
        ` group by x, ${listed})`,
      `many as (select count(*) as n from (select distinct ${listed} from written) as each)`,
      `sizes as (select x, count(*) as keys, sum(n) as rows from written group by x)`,
      `own as (select x, keys from sizes where rows <= ${Math.max(rows * share, bulk.values)}` +
        ` and keys <= least(${values}, ${valuesMost}))`,
      `groups as (select ${listed}, count(*) as n from written join own using (x) group by ${listed})`,
    ],
    names.length,
    {
      transactions: 'select count(*) from own',
      several: 'select count(*) from own where keys > 1',
    },
  );
}
