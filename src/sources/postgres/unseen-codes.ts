import type { Unseen } from '../../profile/evidence.ts';

/**
 * What a database did not show, and what would show it. `names` and `numbers` are as listed here;
 * lists of tables are scenario names, at most `namesMost` of them, and `count` has their number.
 */
export const postgresUnseenCodes = [
  /** Tables whose rows this role may not read: grant SELECT, USAGE. */
  'tables-unreadable',
  /** Columns (table.column) of readable tables that this role may not read. */
  'columns-unreadable',
  /** Tables of which policies hide rows from this role: statistics and counts are of a part. */
  'rows-hidden-by-policies',
  /** Tables without statistics: ANALYZE would make them. */
  'never-analyzed',
  /** Partitioned tables whose partitions only were analysed: ANALYZE of the table itself. */
  'partitioned-not-analyzed',
  /** `extensions` have made `count` tables, which are left out. */
  'extension-tables',
  /** Tables that have none are left out; names are the database's, with their schemas. */
  'tables-without-columns',
  /** Tables that somebody has locked: sizes are the planner's, defaults are missing. */
  'tables-locked',
  /** Views are missing, for somebody had a table below them locked. */
  'views-unread',
  /** Foreign keys (table.constraint) that point to tables which are left out. */
  'foreign-keys-outside',
  /** Keys over time (PERIOD, WITHOUT OVERLAPS): kept as exclusions, foreign keys left out. */
  'temporal-keys',
  /** Foreign tables lie on other servers: neither sizes nor activity are known. */
  'foreign-tables',
  /** Tables that others inherit from: their own rows only are counted, as `only` does. */
  'inheritance',
  /** track_counts is off: no reads and writes by table. */
  'activity-off',
  /**
   * This database's counters were never reset: taken to count for `seconds`, since the server does,
   * which is too long for a database that is younger: `--watch`.
   */
  'activity-since-server',
  /** The time since which tables were counted is not known: `--watch`. */
  'activity-since-unknown',
  /** A standby counts its own reads; the primary's writes are seen there only. */
  'standby-counters',
  /** Counters of tables or statements were reset while they were watched. */
  'reset-while-watching',
  /** pg_stat_statements is not installed in this database: CREATE EXTENSION. */
  'statements-not-installed',
  /** It is not in shared_preload_libraries. */
  'statements-not-preloaded',
  /** This role may not read it: grant SELECT on it. */
  'statements-not-readable',
  /** Its `version` is that of an older server: ALTER EXTENSION ... UPDATE. */
  'statements-outdated',
  /** `statements` with `calls` of other users are hidden: grant pg_read_all_stats. */
  'statements-hidden',
  /** `statements` with `calls` have no text: over a megabyte, or lost by the server. */
  'statements-without-text',
  /** `statements` with `calls` are COPY, CALL, DO, EXECUTE, FETCH, TRUNCATE: not templates. */
  'statements-bulk',
  /** `statements` with `calls` ran within functions: their callers count. */
  'statements-nested',
  /** Rare statements were thrown out `times`: pg_stat_statements.max. */
  'statements-evicted',
  /** The time since which statements were counted is not known: `--watch`. */
  'statements-since-unknown',
] as const;

export type PostgresUnseenCode = (typeof postgresUnseenCodes)[number];

export const namesMost = 20;

export function unseen(
  code: PostgresUnseenCode,
  names: Unseen['names'] = {},
  numbers: Unseen['numbers'] = {},
): Unseen {
  return { code, names, numbers };
}

/** About some of the tables (or columns, keys); none where there are none. */
export function unseenOf(code: PostgresUnseenCode, of: readonly string[]): readonly Unseen[] {
  if (of.length === 0) return [];
  return [unseen(code, { names: of.slice(0, namesMost) }, { count: of.length })];
}
