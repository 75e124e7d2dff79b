/** A snapshot holds back vacuum: no transaction of ours gets older. */
export const transactionMsMost = 55_000;
/** Of one statement; the server's own limit, should this process be gone. */
const statementMs = 50_000;
/** Catalogue functions wait for who has a table to themselves (ALTER TABLE), and others for us. */
const lockMs = 2_000;
const idleMs = 30_000;

/** Our own statements are known by it in pg_stat_statements, which keeps comments. */
const ownMark = '/* shardlab profile */';

/**
 * One round trip. Everything is gone with the transaction, so that a pooler may give the server's
 * connection to somebody else. The isolation is named because serializable, which may be the
 * default, takes locks of its own; the path, because functions and operators that somebody has made
 * in a schema of the role's own path could be called in place of the system's; row security,
 * because a role that has it off may read no table with policies at all. Bytes of SQL_ASCII are in
 * no encoding, and the server refuses to send them as UTF-8.
 */
export const beginReadOnly: string = [
  'BEGIN READ ONLY, ISOLATION LEVEL READ COMMITTED',
  `SET LOCAL statement_timeout = ${statementMs}`,
  `SET LOCAL lock_timeout = ${lockMs}`,
  `SET LOCAL idle_in_transaction_session_timeout = ${idleMs}`,
  'SET LOCAL search_path = pg_catalog',
  'SET LOCAL row_security = on',
  `SELECT ${ownMark} set_config('client_encoding', 'SQL_ASCII', true)` +
    " WHERE current_setting('server_encoding') = 'SQL_ASCII'",
].join('; ');

export const marked = (sql: string): string =>
  sql.replace(/^\s*(select|with)\b/i, (word) => `${word} ${ownMark}`);

export const isOwnStatement = (sql: string): boolean => sql.includes(ownMark);
