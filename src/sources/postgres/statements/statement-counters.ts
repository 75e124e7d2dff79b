import { messageOf } from '../../../base/connection/connection-fault.ts';
import type { Query, ReadOnlySession } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';

/** A row of pg_stat_statements, of the current database. */
export interface StatementCounters {
  /** Of user, query and level; null where the query is another user's and hidden. */
  readonly id: string | null;
  /** null: hidden, lost or longer than what is read. */
  readonly text: string | null;
  /** Whether no function ran it. */
  readonly topLevel: boolean;
  readonly calls: number;
  readonly totalMs: number;
  readonly rows: number;
}

export interface StatementSample {
  /** Of the server's clock, in seconds since 1970. */
  readonly atSeconds: number;
  /** null: not known (before Postgres 14). */
  readonly resetAtSeconds: number | null;
  /** Statements that were thrown out for others, in times of throwing out; null: not known. */
  readonly evictions: number | null;
  readonly statements: readonly StatementCounters[];
}

/** Why there are no statements. */
export interface NoStatements {
  readonly reason: 'not-installed' | 'not-preloaded' | 'not-readable' | 'outdated';
  readonly message: string;
}

/** Statements of a megabyte are not read: nobody shards by them. */
const textBytesMost = 1_000_000;

interface Extension {
  readonly schema: string;
  readonly version: string;
  readonly columns: readonly string[];
  readonly hasInfo: boolean;
}

// Whoever may install it chooses its schema.
const extensionSql = `
  select quote_ident(n.nspname) as schema, e.extversion as version,
    array(select a.attname::text from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = n.oid and c.relname = 'pg_stat_statements' and a.attnum > 0
        and not a.attisdropped) as columns,
    exists (select from pg_class c
      where c.relnamespace = n.oid and c.relname = 'pg_stat_statements_info') as "hasInfo"
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pg_stat_statements'`;

const statementsSql = ({ schema, columns }: Extension): string => `
  select case when s.queryid is not null then concat_ws('/', s.userid, s.queryid,
      ${columns.includes('toplevel') ? 's.toplevel' : 'true'}) end as id,
    case when octet_length(s.query) <= ${textBytesMost} then s.query end as text,
    ${columns.includes('toplevel') ? 's.toplevel' : 'true'} as "topLevel",
    s.calls::float8 as calls, s.total_exec_time as "totalMs", s.rows::float8 as rows
  from ${schema}.pg_stat_statements s
  where s.dbid = (select oid from pg_database where datname = current_database())
  order by s.calls desc, s.queryid, s.userid`;

const infoSql = ({ schema, hasInfo }: Extension): string =>
  hasInfo
    ? `select extract(epoch from clock_timestamp())::float8 as at,
         extract(epoch from stats_reset)::float8 as reset, dealloc::float8 as evictions
       from ${schema}.pg_stat_statements_info`
    : `select extract(epoch from clock_timestamp())::float8 as at, null::float8 as reset,
         null::float8 as evictions`;

interface InfoRow {
  readonly at: number;
  readonly reset: number | null;
  readonly evictions: number | null;
}

/** Of one transaction; what is missing there is an answer, not an error. */
export async function readStatements(
  session: ReadOnlySession,
): Promise<StatementSample | NoStatements> {
  const [extension] = await session.sample((query) => rowsOf<Extension>(query, extensionSql));
  if (extension === undefined) return { reason: 'not-installed', message: '' };
  // After pg_upgrade the extension stays as it was until it is told (ALTER EXTENSION ... UPDATE).
  if (!extension.columns.includes('total_exec_time')) {
    return { reason: 'outdated', message: extension.version };
  }
  try {
    return await session.sample((query) => sampleOf(query, extension));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '42501') return { reason: 'not-readable', message: messageOf(error) };
    if (code === '55000') return { reason: 'not-preloaded', message: messageOf(error) };
    throw error;
  }
}

async function sampleOf(query: Query, extension: Extension): Promise<StatementSample> {
  const statements = await rowsOf<StatementCounters>(query, statementsSql(extension));
  const [info] = await rowsOf<InfoRow>(query, infoSql(extension));
  return {
    atSeconds: info?.at ?? 0,
    resetAtSeconds: info?.reset ?? null,
    evictions: info?.evictions ?? null,
    statements,
  };
}

/** What ran between two samples; null: the counters were reset in between. */
export function statementsBetween(
  before: StatementSample,
  after: StatementSample,
): readonly StatementCounters[] | null {
  if (before.resetAtSeconds !== after.resetAtSeconds) return null;
  const earlier = new Map(merged(before.statements).map((each) => [each.id, each]));
  return merged(after.statements)
    .map((now) => {
      const then = earlier.get(now.id);
      // One that was thrown out and came back counts from its return.
      return then === undefined || then.calls > now.calls ? now : without(now, then);
    })
    .filter(({ calls }) => calls > 0);
}

const without = (now: StatementCounters, then: StatementCounters): StatementCounters => ({
  ...now,
  calls: now.calls - then.calls,
  totalMs: now.totalMs - then.totalMs,
  rows: now.rows - then.rows,
});

/** Hidden statements have no id: together they stand for one. */
function merged(statements: readonly StatementCounters[]): readonly StatementCounters[] {
  const hidden = statements.filter(({ id }) => id === null);
  const [first] = hidden;
  const known = statements.filter(({ id }) => id !== null);
  if (first === undefined) return known;
  const sum = (name: 'calls' | 'totalMs' | 'rows'): number =>
    hidden.reduce((total, each) => total + each[name], 0);
  return [...known, { ...first, calls: sum('calls'), totalMs: sum('totalMs'), rows: sum('rows') }];
}
