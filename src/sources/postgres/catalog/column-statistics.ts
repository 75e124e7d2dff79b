import type { ColumnStats } from '../../../profile/evidence.ts';
import type { Query, ReadOnlySession } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';
import type { Relation } from './relations.ts';

/** A row of pg_stats. */
export interface StatisticsRow {
  readonly schema: string;
  readonly name: string;
  readonly column: string;
  readonly nullFraction: number;
  readonly width: number;
  /** Below 0: distinct values over rows. 0: not known. */
  readonly distinct: number;
  readonly values: readonly string[] | null;
  readonly fractions: readonly number[] | null;
  readonly bounds: readonly string[] | null;
  readonly correlation: number | null;
}

const valuesMost = 1000;
/** Of equal parts of the histogram. */
const boundsMost = 21;
/** Each time costs a look at the statistics of all tables; but all of them may take much memory. */
const tablesAtOnce = 5_000;

// Of a partitioned table what counts is what ANALYZE of the table itself saw in all partitions; of
// a table that others inherit from, its own rows.
const statisticsSql = `
  select s.schemaname as schema, s.tablename as name, s.attname as "column",
    s.null_frac as "nullFraction", s.avg_width as width, s.n_distinct as distinct,
    (s.most_common_vals::text::text[])[1:${valuesMost}] as values,
    s.most_common_freqs[1:${valuesMost}] as fractions,
    case when cardinality(s.bounds) > ${boundsMost} then
      array(select s.bounds[1 + round(k * (cardinality(s.bounds) - 1) / ${boundsMost - 1}.0)::int]
        from generate_series(0, ${boundsMost - 1}) k order by k)
      else s.bounds end as bounds,
    s.correlation
  from (select *, histogram_bounds::text::text[] as bounds from pg_stats offset 0) s
  join unnest($1::text[], $2::text[], $3::bool[]) as wanted(schema, name, inherited)
    on s.schemaname = wanted.schema and s.tablename = wanted.name
      and s.inherited = wanted.inherited`;

export async function readStatistics(
  session: ReadOnlySession,
  tables: readonly Relation[],
): Promise<readonly StatisticsRow[]> {
  const rows: StatisticsRow[] = [];
  for (let from = 0; from < tables.length; from += tablesAtOnce) {
    const some = tables.slice(from, from + tablesAtOnce);
    const page = await session.sample((query) =>
      rowsOf<StatisticsRow>(query, statisticsSql, [
        some.map(({ schema }) => schema),
        some.map(({ name }) => name),
        some.map(({ kind }) => kind === 'partitioned'),
      ]),
    );
    for (const row of page) rows.push(row);
  }
  return rows;
}

/** @param rows of the table, as far as they are known */
export function columnStats(row: StatisticsRow, rows: number): ColumnStats {
  const distinct = row.distinct < 0 ? Math.max(1, Math.round(-row.distinct * rows)) : row.distinct;
  return {
    distinct: row.nullFraction === 1 ? 0 : distinct,
    nullFraction: row.nullFraction,
    averageWidth: row.width,
    mostCommon: (row.values ?? []).map((value, i) => ({
      value,
      fraction: row.fractions?.[i] ?? 0,
    })),
    histogram: row.bounds ?? [],
    physicalCorrelation: row.correlation,
  };
}

export interface GroupStatistics {
  readonly table: string;
  /** Numbers of columns, joined by comma and blank, and distinct values of these together. */
  readonly distinct: Readonly<Record<string, number>>;
}

const groupsSql = `
  select x.stxrelid::text as "table", (s.n_distinct::text)::json as distinct
  from pg_stats_ext s
  join pg_namespace n on n.nspname = s.statistics_schemaname
  join pg_statistic_ext x on x.stxnamespace = n.oid and x.stxname = s.statistics_name
  where s.n_distinct is not null and x.stxrelid = any ($1::oid[])`;

/** Of CREATE STATISTICS (ndistinct). */
export const readGroupStatistics = (
  query: Query,
  tables: readonly string[],
): Promise<readonly GroupStatistics[]> => rowsOf<GroupStatistics>(query, groupsSql, [tables]);
