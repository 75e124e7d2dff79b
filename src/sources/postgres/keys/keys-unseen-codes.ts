/**
 * What measuring keys could not see. Each has `names.key` (a candidate's, or the parent's and the
 * child's table for shapes) and `names.tables`; `numbers.tables` says how many these are.
 */
export const keysUnseenCodes = [
  /** The role may not read these tables, or columns of the key in them. */
  'key-unreadable',
  /** They are views, or tables that the schema does not have. */
  'key-of-no-table',
  /** Foreign tables: they cannot be sampled, and nothing is asked of their servers. */
  'key-of-foreign-table',
  /** Neither rows nor the planner's statistics could say how values spread. */
  'key-unmeasured',
  /** A statement ran into its time limit; what is known otherwise is used. `limitMs`. */
  'key-timed-out',
  /** A lock was not to be had in time. */
  'key-locked',
  /** Postgres refused a statement: `names.sqlstate`. */
  'key-refused',
  /** More rows than --exact may count: they are sampled. `rowsMost`. */
  'exact-too-many-rows',
  /** The time for --exact is used up: the rest is sampled. `timeMs`. */
  'exact-out-of-time',
  /** The time for measuring is used up: statistics must do for the rest. `budgetMs`. */
  'keys-out-of-time',
  /** Children a parent are from a sample of children, for no index leads to them. */
  'shape-without-index',
  /** Children a parent are not known. */
  'shape-unmeasured',
  /**
   * The transactions of rows could not be read in time (`limitMs`), or not by a role that may read
   * some columns only.
   */
  'written-load-unmeasured',
  /** All rows come from bulk loads, or none is there: writes say nothing of load by key. */
  'written-load-none',
  /** Rows are updated again and again: their last write is seen. `updated`, `counted`. */
  'written-load-overwritten',
  /** A candidate has too many tables: the largest were looked at. */
  'written-load-of-some-tables',
] as const;

export type KeysUnseenCode = (typeof keysUnseenCodes)[number];
