import type { TableActivity } from '../../profile/evidence.ts';
import { noActivity } from '../../profile/no-activity.ts';
import type { Query } from './session-types.ts';
import { rowsOf } from './typed-rows.ts';

type Counters = Omit<TableActivity, 'seconds'>;

export interface ActivitySample {
  /** Of the server's clock, in seconds since 1970. */
  readonly atSeconds: number;
  /** null: the counters of this database were never reset (from Postgres 15 on). */
  readonly resetAtSeconds: number | null;
  /** Since when the server counts anything: since it was made, or since it crashed. */
  readonly countingSinceSeconds: number | null;
  /** By id of a table or partition. */
  readonly tables: ReadonlyMap<string, Counters>;
  /** Scans by id of an index. */
  readonly indexScans: ReadonlyMap<string, number>;
}

const iso = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const tablesSql = `
  select relid::text as id, n_tup_ins::float8 as inserted, n_tup_upd::float8 as updated,
    n_tup_hot_upd::float8 as "hotUpdated", n_tup_del::float8 as deleted,
    coalesce(seq_scan, 0)::float8 as "sequentialScans",
    coalesce(seq_tup_read, 0)::float8 as "sequentialRows",
    coalesce(idx_scan, 0)::float8 as "indexScans",
    coalesce(idx_tup_fetch, 0)::float8 as "indexRows",
    n_live_tup::float8 as "liveRows", n_dead_tup::float8 as "deadRows",
    ${iso('greatest(last_vacuum, last_autovacuum)')} as "lastVacuum",
    ${iso('greatest(last_analyze, last_autoanalyze)')} as "lastAnalyze"
  from pg_stat_user_tables`;

const scansSql = `
  select indexrelid::text as id, coalesce(idx_scan, 0)::float8 as scans from pg_stat_user_indexes`;

const timesSql = `
  select extract(epoch from clock_timestamp())::float8 as at,
    extract(epoch from stats_reset)::float8 as reset,
    extract(epoch from least((select stats_reset from pg_stat_bgwriter),
      (select stats_reset from pg_stat_archiver)))::float8 as counting
  from pg_stat_database where datname = current_database()`;

interface TimesRow {
  readonly at: number;
  readonly reset: number | null;
  readonly counting: number | null;
}

export async function readActivity(query: Query): Promise<ActivitySample> {
  const tables = await rowsOf<Counters & { readonly id: string }>(query, tablesSql);
  const scans = await rowsOf<{ id: string; scans: number }>(query, scansSql);
  const [times] = await rowsOf<TimesRow>(query, timesSql);
  return {
    atSeconds: times?.at ?? 0,
    resetAtSeconds: times?.reset ?? null,
    countingSinceSeconds: times?.counting ?? null,
    tables: new Map(tables.map(({ id, ...counters }) => [id, counters])),
    indexScans: new Map(scans.map((row) => [row.id, row.scans])),
  };
}

/** What only grows, until it is reset. */
const running = [
  'inserted',
  'updated',
  'hotUpdated',
  'deleted',
  'sequentialScans',
  'sequentialRows',
  'indexScans',
  'indexRows',
] as const;

/** null: the counters were reset in between. */
export function activityBetween(
  before: ActivitySample,
  after: ActivitySample,
): ReadonlyMap<string, Counters> | null {
  const differences = new Map<string, Counters>();
  for (const [id, now] of after.tables) {
    // A table that is new has all its counts from after the first look.
    const then = before.tables.get(id) ?? noActivity;
    const change = { ...now };
    for (const name of running) {
      change[name] = now[name] - then[name];
      if (change[name] < 0) return null;
    }
    differences.set(id, change);
  }
  return differences;
}

const latest = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && b > a) ? b : a;

/** Of the partitions of a table together. */
export function summedActivity(parts: readonly Counters[], seconds: number | null): TableActivity {
  const sum = (name: (typeof running)[number] | 'liveRows' | 'deadRows'): number =>
    parts.reduce((total, part) => total + part[name], 0);
  return {
    seconds,
    inserted: sum('inserted'),
    updated: sum('updated'),
    hotUpdated: sum('hotUpdated'),
    deleted: sum('deleted'),
    sequentialScans: sum('sequentialScans'),
    sequentialRows: sum('sequentialRows'),
    indexScans: sum('indexScans'),
    indexRows: sum('indexRows'),
    liveRows: sum('liveRows'),
    deadRows: sum('deadRows'),
    lastVacuum: parts.reduce<string | null>((last, part) => latest(last, part.lastVacuum), null),
    lastAnalyze: parts.reduce<string | null>((last, part) => latest(last, part.lastAnalyze), null),
  };
}
