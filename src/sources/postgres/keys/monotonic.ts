import type { ColumnEvidence } from '../../../profile/evidence.ts';
import { hasOrder, isUnique, type KeyTable, keyValues } from './key-table.ts';
import { type Measuring, statementMs } from './measuring.ts';
import { pagesWith } from './sample-clause.ts';

export interface RowOrder {
  /** Whether new rows always have higher values; null: not known. */
  readonly monotonic: boolean | null;
  /** Between the order of rows on disk and that of values; it says nothing of time. */
  readonly physicalCorrelation: number | null;
}

const rowsToOrder = 20_000;
/** Transactions from which their order says something. */
const transactionsLeast = 20;
/** Rank correlation of what rises but for transactions that overtook each other. */
const rising = 0.98;
/** Share of transactions with a higher value than all before; in random order it is far smaller. */
const recordsLeast = 0.3;
const sortedOnDisk = 0.999;

/** Of the first column of a key, for it decides the order. */
export async function rowOrder(measuring: Measuring, place: KeyTable): Promise<RowOrder> {
  const [column] = place.columns;
  if (column === undefined) return { monotonic: null, physicalCorrelation: null };
  const physical = column.stats?.physicalCorrelation ?? null;
  const catalogued = byCatalogue(column);
  if (catalogued !== null || !hasOrder(column) || place.table.kind === 'foreign') {
    return { monotonic: catalogued, physicalCorrelation: physical };
  }
  // Where a role may read some columns only, transactions are hidden: the order is not known then.
  const sql = orderSql({ ...place, columns: [column] });
  const rows = await measuring.ask(place, sql, statementMs, true);
  const seen = rows?.[0];
  if (seen === undefined) return { monotonic: null, physicalCorrelation: physical };
  const numbers = {
    transactions: Number(seen.transactions),
    byTime: seen.by_time === null ? null : Number(seen.by_time),
    records: Number(seen.records ?? 0),
    physical: physical ?? (seen.physical === null ? null : Number(seen.physical)),
  };
  return { monotonic: byData(place, numbers), physicalCorrelation: numbers.physical };
}

/** What the definition of a column says; null: nothing. */
export function byCatalogue(column: ColumnEvidence): boolean | null {
  const made = (column.default ?? '').toLowerCase();
  if (column.identity !== null || /\bnextval\(/.test(made)) return true;
  if (/uuid_?v7|uuid_generate_v[16]\(|\bulid|snowflake/.test(made)) return true;
  const isTime = /^(timestamp|date)/.test(column.base);
  if (isTime && /\bnow\(\)|current_(timestamp|date)|_timestamp\(\)|localtime/.test(made))
    return true;
  if (/gen_random_uuid\(|uuidv4\(|uuid_generate_v4\(|\brandom\(|\bmd5\(/.test(made)) return false;
  return column.base === 'boolean' || column.enumLabels.length > 0 ? false : null;
}

interface OrderNumbers {
  readonly transactions: number;
  readonly byTime: number | null;
  readonly records: number;
  readonly physical: number | null;
}

/**
 * The age of a row's transaction is its time. An update makes an old row young, but sets no record:
 * where inserts rise, a good part of all transactions does.
 */
export function byData(place: KeyTable, numbers: OrderNumbers): boolean | null {
  const { transactions, byTime, records, physical } = numbers;
  if (transactions >= transactionsLeast && byTime !== null) {
    const byChance = (2 * (Math.log(transactions) + 1)) / transactions;
    if (byTime >= rising || records >= Math.max(recordsLeast, byChance)) return true;
    return place.table.activity?.updated === 0 || records <= byChance ? false : null;
  }
  // Loaded at once: the order on disk is that of another server, or of a sorted file.
  if (physical === null) return null;
  if (Math.abs(physical) < 0.5) return false;
  const counts = /^(smallint|integer|bigint|timestamp|date)/.test(place.columns[0]?.base ?? '');
  return physical >= sortedOnDisk && counts && isUnique(place) ? true : null;
}

/** Of each transaction the highest value: a bulk load counts as one point. */
function orderSql(place: KeyTable): string {
  const [value] = keyValues(place);
  const sample = pagesWith(place.table, rowsToOrder);
  const onDisk = place.table.kind === 'table' ? 'rank() over (order by ctid)' : 'null::int8';
  return [
    `with drawn as (select ${value} as v, t.ctid, t.xmin::text as x, age(t.xmin) as age`,
    ` from ${sample.from} where ${value} is not null limit ${10 * rowsToOrder})`,
    `, ranked as (select x, age, rank() over (order by v) as by_value, ${onDisk} as on_disk`,
    ' from drawn)',
    ', transactions as (select x, max(by_value) as highest, max(age) as age',
    ' from ranked group by x)',
    ', timed as (select highest, rank() over (order by age desc) as by_time,',
    ' highest > max(highest) over (order by age desc rows between unbounded preceding',
    ' and 1 preceding) as is_record from transactions)',
    ' select (select count(*) from timed) as transactions',
    ', (select corr(highest, by_time) from timed) as by_time',
    ', (select avg(is_record::int) from timed) as records',
    ', (select corr(by_value, on_disk) from ranked) as physical',
  ].join('');
}
