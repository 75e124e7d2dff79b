import type pg from 'pg';
import type { ShardAddress } from './connection.ts';
import { withClient } from './database.ts';

/** Running totals of what servers do besides answering; take two and subtract. */
export interface ServerCounters {
  readonly checkpoints: number;
  readonly autovacuums: number;
  readonly walBytes: number;
}

/** The query for the number of checkpoints so far; their view moved in version 17. */
export const checkpointsText = (version: number): string =>
  version >= 170_000
    ? 'select num_timed + num_requested from pg_stat_checkpointer'
    : 'select checkpoints_timed + checkpoints_req from pg_stat_bgwriter';

export async function serverCounters(addresses: readonly ShardAddress[]): Promise<ServerCounters> {
  const each = await Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        const version = await versionOf(client);
        const { rows } = await client.query<Record<'checkpoints' | 'autovacuums' | 'wal', string>>(
          `select (${checkpointsText(version)}) as checkpoints,
                  (select coalesce(sum(autovacuum_count), 0) from pg_stat_all_tables) as autovacuums,
                  pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal`,
        );
        const [row] = rows;
        return [row?.checkpoints, row?.autovacuums, row?.wal].map((text) => Number(text ?? 0));
      }),
    ),
  );
  const sum = (index: number): number => each.reduce((total, row) => total + (row[index] ?? 0), 0);
  return { checkpoints: sum(0), autovacuums: sum(1), walBytes: sum(2) };
}

/** 180004 is version 18.4. */
export async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  return Number(rows[0]?.version ?? 0);
}

export async function serverVersion(address: ShardAddress): Promise<string> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? 'unknown';
  });
}
