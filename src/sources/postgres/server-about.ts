import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ReadOnlySession } from './session-types.ts';
import { rowsOf } from './typed-rows.ts';

export interface ServerAbout {
  /** 18.4 */
  readonly version: string;
  readonly database: string;
  readonly isStandby: boolean;
  /** Whether reads and writes are counted by table. */
  readonly trackCounts: boolean;
  readonly databaseBytes: number | null;
}

const oldest = 130_000;

/** Settings that anybody may see. */
const aboutSql = `
  select current_setting('server_version') as version,
    current_setting('server_version_num')::int as number,
    current_database() as database, pg_is_in_recovery() as "isStandby",
    current_setting('track_counts') = 'on' as "trackCounts",
    case when has_database_privilege(current_database(), 'CONNECT')
      then pg_database_size(current_database())::float8 end as "databaseBytes"`;

/** @throws {UserError} exit 3, for a server that is too old */
export async function readServerAbout(session: ReadOnlySession): Promise<ServerAbout> {
  const [row] = await session.sample((query) =>
    rowsOf<ServerAbout & { readonly number: number }>(query, aboutSql),
  );
  if (row === undefined) throw new Error('assertion failed: a row about the server');
  const { number, ...about } = row;
  if (number < oldest) {
    throw new UserError(`the database is of Postgres ${about.version}: 13 is the oldest`, {
      exitCode: exitCodes.unusable,
    });
  }
  // Distributions put their own words behind it: 15.18 (Debian 15.18-0+deb12u1).
  return { ...about, version: about.version.split(' ')[0] ?? about.version };
}
