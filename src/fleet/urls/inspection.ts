import type pg from 'pg';
import { present } from '../../base/assert.ts';

/** What a server says about itself. */
export interface ServerFacts {
  /** Such as 150018. */
  readonly versionNumber: number;
  readonly version: string;
  readonly inRecovery: boolean;
  readonly readOnly: boolean;
  /** Whether this role may create a schema in this database. */
  readonly mayCreate: boolean;
  readonly user: string;
  readonly freeConnections: number;
  /** The setting that every connection to it asks for when it begins. */
  readonly searchPath: string;
  /** The same text for two URLs of one server; it survives ports that are forwarded. */
  readonly identity: string;
}

const text = `
  select current_setting('server_version_num') as number,
         current_setting('server_version') as version,
         pg_is_in_recovery()::text as recovery,
         current_setting('transaction_read_only') as "readOnly",
         has_database_privilege(current_database(), 'CREATE')::text as "mayCreate",
         current_user::text as "user",
         current_setting('search_path') as path,
         current_setting('max_connections')::int
           - current_setting('superuser_reserved_connections')::int
           - (select sum(numbackends) from pg_stat_database) as free,
         extract(epoch from pg_postmaster_start_time())::text as started,
         coalesce(inet_server_port(), 0) as port`;

type Row = Readonly<
  Record<
    | 'number'
    | 'version'
    | 'recovery'
    | 'readOnly'
    | 'mayCreate'
    | 'user'
    | 'path'
    | 'free'
    | 'started',
    string
  >
> & { readonly port: number };

export async function inspectServer(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<Row>(text);
  const row = present(rows[0], 'row');
  return {
    versionNumber: Number(row.number),
    version: row.version,
    inRecovery: row.recovery === 'true',
    readOnly: row.readOnly === 'on',
    mayCreate: row.mayCreate === 'true',
    user: row.user,
    searchPath: row.path,
    freeConnections: Number(row.free),
    // A copied data directory has the same system identifier, a restarted port the same number:
    // the start to the microsecond is what two servers do not share.
    identity: `${await systemIdentifier(client)}/${row.started}/${row.port}`,
  };
}

async function systemIdentifier(client: pg.Client): Promise<string> {
  try {
    const { rows } = await client.query<{ id: string }>(
      'select system_identifier::text as id from pg_control_system()',
    );
    return rows[0]?.id ?? '';
  } catch {
    // Not every provider lets its users look.
    return '';
  }
}

/** What openShard asks for, to see whether it is heard. */
export const askedSearchPath = 'pg_catalog';

/** 12 has been without support since November 2024, and nothing here is tested on it. */
const oldest = 130_000;

/** Why shards cannot work on this server: full sentences without their subject. */
export function serverProblems(facts: ServerFacts, connectionsNeeded: number): string[] {
  const { versionNumber, version, inRecovery, readOnly, mayCreate, user, freeConnections } = facts;
  if (versionNumber < oldest) {
    return [`runs Postgres ${version}; shardlab needs version 13 or newer`];
  }
  if (inRecovery)
    return [
      'is a read-only replica, but shards must accept writes: give the address of its primary',
    ];
  const problems: string[] = [];
  if (facts.searchPath !== askedSearchPath) {
    problems.push(
      'is behind a connection pooler that ignores the settings of a session (options), ' +
        'so that the tables of a run would not go to its schema: give the port of the ' +
        'server itself',
    );
  }
  if (readOnly) {
    problems.push(`makes transactions of ${user} read-only (default_transaction_read_only)`);
  }
  if (!mayCreate) {
    problems.push(
      `does not let ${user} create a schema; its owner can: grant create on database ... ` +
        `to ${user}`,
    );
  }
  if (freeConnections < connectionsNeeded) {
    problems.push(
      `has ${Math.max(0, freeConnections)} connections left, ${connectionsNeeded} are ` +
        'needed: lower limits.connections or raise max_connections',
    );
  }
  return problems;
}
