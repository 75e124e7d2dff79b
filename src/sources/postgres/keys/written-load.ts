import type { CandidateKey, KeyLoad } from '../../../profile/evidence.ts';
import { type CountClass, distinctOf, pairsOf, quantilesOf, rowsOf } from './count-classes.ts';
import { hidesWrites, isClearlyMoreUneven } from './hidden-writes.ts';
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
/** Updates of each write that can be seen, beyond which most of what was written cannot be. */
const overwritten = 2;
/** A transaction is a bulk load, and no work of a user, above any of these. */
const bulk = { rows: 1_000, values: 100, valuesLeast: 10, valuesShare: 0.1 };

/**
 * Write load by key from what is in the heap: each row has the transaction that made its version
 * (xmin), and a transaction counts once for each value of the key that it wrote, over all tables,
 * or over those of which updates hide little where they are clearly more uneven.
 * Bulk loads are left out: they say how much there is, not how often it is written. What rows hide:
 * versions that later writes replaced, and deleted rows. Freezing leaves xmin as it is.
 *
 * @param bulkOnly lists of tables of which all rows come from bulk loads, whatever the key
 * @param distinct values of the key
 */
export async function writtenLoad(
  measuring: Measuring,
  bulkOnly: Set<string>,
  { key }: CandidateKey,
  places: readonly KeyTable[],
  distinct: number,
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
  const list = JSON.stringify(looked.map(({ table }) => table.name));
  if (bulkOnly.has(list)) {
    measuring.unseen.add('written-load-none', { key, tables });
    return null;
  }
  const all = await seenWrites(measuring, looked, distinct);
  if (all === null) {
    measuring.unseen.add('written-load-unmeasured', { key, tables }, { limitMs });
    return null;
  }
  if (all.small === 0) bulkOnly.add(list);
  if (all.counted === 0) {
    measuring.unseen.add('written-load-none', { key, tables });
    return null;
  }
  const lasting = looked.filter(
    (place, at) => !hidesWrites(place.table.activity?.updated ?? 0, all.rows[at] ?? 0),
  );
  const some =
    lasting.length === 0 || lasting.length === looked.length
      ? null
      : await seenWrites(measuring, lasting, distinct);
  const isBetter = some !== null && isClearlyMoreUneven(some.classes, all.classes);
  const updated = looked.reduce((sum, { table }) => sum + (table.activity?.updated ?? 0), 0);
  if (!isBetter && updated > overwritten * all.counted) {
    const { counted } = all;
    measuring.unseen.add('written-load-overwritten', { key, tables }, { updated, counted });
  }
  const { load } = isBetter ? some : all;
  const { several, transactions } = all;
  return { key, basis: 'written', ...load, transactions: { several, all: transactions } };
}

interface SeenWrites {
  readonly load: Omit<KeyLoad, 'key' | 'basis' | 'transactions'>;
  readonly counted: number;
  readonly classes: readonly CountClass[];
  /** Transactions that are no bulk load, whatever they wrote. */
  readonly small: number;
  readonly several: number;
  readonly transactions: number;
  /** That these transactions have left, by table. */
  readonly rows: readonly number[];
}

/** null where the database does not answer in time. */
async function seenWrites(
  measuring: Measuring,
  places: readonly KeyTable[],
  distinct: number,
): Promise<SeenWrites | null> {
  const [first] = places;
  if (first === undefined) return null;
  const rows = await measuring.ask(first, writesSql(places, distinct), limitMs, true);
  if (rows === null) return null;
  const { classes, top, totals } = valueGroups(rows);
  const counted = rowsOf(classes);
  return {
    load: {
      counted,
      distinct: distinctOf(classes),
      top: top.map(({ value, count }) => ({ value, count, error: 0, overTime: [] })),
      pairs: pairsOf(classes),
      countsPerValue: quantilesOf(classes),
      distinctOverTime: [],
    },
    counted,
    classes,
    small: totals.small ?? 0,
    several: totals.several ?? 0,
    transactions: totals.transactions ?? 0,
    rows: places.map((_, at) => totals[`rows${at}`] ?? 0),
  };
}

/**
 * Rows of bulk loads are left out before keys are looked at: they are most of what there is. The
 * same part of the pages is read twice, for the seed is the same.
 */
function writesSql(places: readonly KeyTable[], distinct: number): string {
  const total = places.reduce((sum, { table }) => sum + table.rows.count, 0);
  const share = Math.min(1, rowsToLookAt / Math.max(1, total));
  const listed = valueNames(places[0]?.columns.map(() => '') ?? []).join(', ');
  const drawn = places.map(({ table }) => pageSample(table, share).from);
  const sizes = drawn.map(
    (from, at) => `select ${at} as place, t.xmin as x, count(*) as n from ${from} group by t.xmin`,
  );
  const writes = places.map((place, at) => {
    const texts = keyTexts(place);
    const from = `${drawn[at] ?? ''} join small on small.x = t.xmin`;
    return `select t.xmin as x, ${namedValues(texts)} from ${from} where ${allThere(texts)}`;
  });
  const rowsMost = Math.max(bulk.rows * share, bulk.values);
  const valuesMost = Math.max(bulk.valuesLeast, Math.min(bulk.values, bulk.valuesShare * distinct));
  return groupsSql(
    [
      `sizes as (${sizes.join(' union all ')})`,
      `small as (select x from sizes group by x having sum(n) <= ${Math.round(rowsMost)})`,
      `written as (select x, ${listed} from (${writes.join(' union all ')}) as each` +
        ` group by x, ${listed})`,
      `own as (select x, count(*) as keys from written group by x` +
        ` having count(*) <= ${Math.round(valuesMost)})`,
      `groups as (select ${listed}, count(*) as n from written join own using (x)` +
        ` group by ${listed})`,
    ],
    places[0]?.columns.length ?? 1,
    {
      small: 'select count(*) from small',
      transactions: 'select count(*) from own',
      several: 'select count(*) from own where keys > 1',
      ...Object.fromEntries(places.map((_, at) => [`rows${at}`, rowsSql(at)])),
    },
  );
}

const rowsSql = (place: number): string =>
  `select coalesce(sum(n), 0) from sizes join small using (x) where place = ${place}`;
