/** Codes of the facts of health; `value` and `unit` as listed, and what else there is. */
export const healthCodes = [
  /** Share of block requests that shared buffers answered. `hits`, `reads`, `seconds`. */
  'cache-hit-ratio',
  /** Blocks a second that were not in shared buffers. `bytesPerSecond`, `seconds`. */
  'block-reads',
  /** Bytes of WAL a second. `bytes`, `seconds`, `fullPages`: whole pages among them. */
  'wal-rate',
  /** Rows a second that were inserted, updated or deleted. `inserted`, `updated`, `deleted`. */
  'write-rate',
  /** Share of rows fetched by an index among these and the written ones. `fetchedPerSecond`. */
  'read-share',
  /** Share of checkpoints that were not timed: WAL ran full. `timed`, `requested`. */
  'requested-checkpoints',
  /** Largest share of dead rows of a table of some size. `deadRows` of all; `tables`. */
  'dead-rows',
  /** Number of large tables that are read from end to end again and again. `scans`, `rows`. */
  'sequential-scans',
  /** Bytes of indexes that no query used and no constraint needs. `indexes`, `seconds`. */
  'unused-indexes',
  /** Number of foreign keys of large tables without an index on their columns. `keys` by name. */
  'foreign-keys-without-index',
  /** Share of the connections allowed that is taken. `connections`, `allowed`, `idle`, `active`. */
  'connections',
  /** Sessions waiting on average of a few looks. `looks`, `active`, `lock`, `lwlock`, `io`. */
  'waits',
  /** Bytes of the largest table with indexes and TOAST. `sharedBuffers`, `cache`; `tables`. */
  'largest-tables',
  /** Bytes of all tables. `sharedBuffers`, `cache` (effective_cache_size), `heap`, `indexes`. */
  'database-size',
  /** Share of TOAST in the bytes of all tables. `bytes`; `tables` with the most. */
  'toast-share',
  /** Seconds that the slowest replica, or this one, is behind. `bytes`, `replicas`, `standby`. */
  'replication-lag',
  /** Age of the oldest unfrozen transaction of any database. `freezeMaxAge`. */
  'transaction-id-age',
  /** Seconds since the oldest open transaction began. `idle`: 1 where it does nothing. */
  'long-transactions',
] as const;

export type HealthCode = (typeof healthCodes)[number];

/** What could not be seen of a server's health. */
export const healthUnseenCodes = [
  /** Sessions of others are hidden from this role: grant pg_read_all_stats. `sessions`. */
  'health-sessions-hidden',
  /** Replicas are there, but not shown to this role: grant pg_read_all_stats. `replicas`. */
  'health-replication-hidden',
  /** This version of Postgres does not count it: `names.facts`. `version`. */
  'health-not-counted',
  /** No table has counters: `names.facts` rest on them. */
  'health-without-counters',
  /** A view could not be read: `names.facts`, `names.sqlstate`. */
  'health-refused',
  /** A standby counts its own reads; its primary would have `names.facts`. */
  'health-of-standby',
  /** The time since which counters count is not known: no rates. `names.facts`. */
  'health-time-unknown',
] as const;

export type HealthUnseenCode = (typeof healthUnseenCodes)[number];
