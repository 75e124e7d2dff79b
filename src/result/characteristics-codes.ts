/**
 * What a characteristics document may find, with the numbers and names that go with each code.
 * `profile/` makes these facts, `wording/` has a sentence for each.
 */

/** Of a candidate. Shares lie in [0, 1]. */
export const candidateCodes = {
  /** Its rows could not be read: numbers {}, names { tables }. */
  notMeasured: 'key-not-measured',
  /** Which table the shares are of: { rows }, { table }. */
  sharesOfTable: 'key-shares-of-table',
  /** It has fewer values than that many shards: { distinct, shards }. */
  fewValues: 'key-few-values',
  /** One value has more than a shard's equal part: { largestShare, shards }, { value, basis }. */
  hotValue: 'key-hot-value',
  /** New rows have ever higher values: {}, { table }. */
  monotonic: 'key-monotonic',
  /** Rows without a value belong to no shard: { nullFraction, rows }, { tables }. */
  nulls: 'key-nulls',
  /** Statements change it: { share } of the calls. */
  updated: 'key-updated',
  /** Statements write it with the whole row, changed or not: { share } of the calls. */
  writtenWithRow: 'key-written-with-row',
  /** The number of values may be off by more than a factor of 2: { distinct }, { tables }. */
  doubtful: 'key-estimate-doubtful',
  /** Its tables have less than half of all rows: { share, rows, rowsOfAll }. */
  coversFewRows: 'key-covers-few-rows',
  /** A row alone has each value in its largest table: { distinct }, { table }. */
  groupsNothing: 'key-groups-nothing',
  /** No router takes values of that type: {}, { column, type }. */
  typeNotRouted: 'key-type-not-routed',
  /** The load is more skewed than the rows: { rowsShare, loadShare }, { basis }. */
  loadMoreSkewed: 'key-load-more-skewed',
  /** Counts of the heaviest values are not certain: { errorShare }, of the heaviest one. */
  loadUncertain: 'key-load-uncertain',
  /** Few transactions were counted: { counted, luck }: a standard error of the heaviest share. */
  loadOfFew: 'key-load-of-few',
  /** Transactions with several values of it: { share, several, all }. */
  crossShard: 'key-cross-shard-transactions',
} as const;

/**
 * Why a statement is not answered by one shard: `statement-` and a code of `FateReason`; names
 * { names } are the tables, columns or constraints that it is about, maybe none.
 */
export const statementCodes = [
  'statement-key-not-bound',
  'statement-key-in-list',
  'statement-key-in-range',
  'statement-several-keys',
  'statement-undecided',
  'statement-reference-write',
  'statement-join-not-co-located',
  'statement-insert-without-key',
  'statement-conflict-on-lost-unique',
  'statement-cascade-over-lost-key',
  'statement-key-changed',
  'statement-home-and-sharded',
] as const;

/** Among `unseen`, besides what sources could not see. */
export const unseenCodes = {
  /** Statements that read or write no table, such as BEGIN or SELECT 1: { calls, share }. */
  withoutTables: 'statements-without-tables',
  /** Statements of other kinds, such as COPY, VACUUM or DDL: { calls, share }, { kinds }. */
  otherKinds: 'statements-of-other-kinds',
  /** Statements of more than 100 sub-selects, which are not looked into: { calls, share }. */
  tooLarge: 'statements-too-large',
  /** Statements on tables that no source has shown: { calls, share, tables }, { tables } (some). */
  unknownTables: 'statements-of-unknown-tables',
  /** Statements that Postgres' grammar does not take: { calls, share, templates }. */
  notParsed: 'statements-not-parsed',
  /** Candidates that are not in the document: { count }. */
  candidatesLeftOut: 'candidates-left-out',
} as const;
