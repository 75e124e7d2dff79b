import type pg from 'pg';
import type { ShardAddress } from '../base/shard-address.ts';
import { withClient } from './database.ts';

/** Running totals of what servers do besides answering; take two and subtract. */
export interface ServerCounters {
  readonly checkpoints: number;
  /** Of them those that checkpoint_timeout began; the others the log's size, or somebody. */
  readonly checkpointsTimed: number;
  readonly autovacuums: number;
  readonly walBytes: number;
}

/** The query for the number of checkpoints so far; their view moved in version 17. */
export const checkpointsText = (version: number): string =>
  version >= 170_000
    ? 'select num_timed + num_requested from pg_stat_checkpointer'
    : 'select checkpoints_timed + checkpoints_req from pg_stat_bgwriter';

const timedText = (version: number): string =>
  version >= 170_000
    ? 'select num_timed from pg_stat_checkpointer'
    : 'select checkpoints_timed from pg_stat_bgwriter';

/** insufficient_privilege: some managed servers keep these views to themselves. */
const refused = '42501';

/** Summed over the shards; null where a server does not let its user look. */
export async function serverCounters(
  addresses: readonly ShardAddress[],
): Promise<ServerCounters | null> {
  try {
    return await allCounters(addresses);
  } catch (error) {
    if ((error as { code?: string }).code === refused) return null;
    throw error;
  }
}

async function allCounters(addresses: readonly ShardAddress[]): Promise<ServerCounters> {
  const each = await Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        const version = await versionOf(client);
        const { rows } = await client.query<
          Record<'checkpoints' | 'timed' | 'autovacuums' | 'wal', string>
        >(
          `select (${checkpointsText(version)}) as checkpoints,
                  (${timedText(version)}) as timed,
                  (select coalesce(sum(autovacuum_count), 0)
                     from pg_stat_all_tables) as autovacuums,
                  pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal`,
        );
        const [row] = rows;
        return [row?.checkpoints, row?.autovacuums, row?.wal, row?.timed].map((text) =>
          Number(text ?? 0),
        );
      }),
    ),
  );
  const sum = (index: number): number => each.reduce((total, row) => total + (row[index] ?? 0), 0);
  return {
    checkpoints: sum(0),
    checkpointsTimed: sum(3),
    autovacuums: sum(1),
    walBytes: sum(2),
  };
}

/** 180004 is version 18.4. */
export async function versionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  return Number(rows[0]?.version ?? 0);
}

/** What happened between two looks; null unless both saw something. */
export function countersBetween(
  before: ServerCounters | null,
  after: ServerCounters | null,
): ServerCounters | null {
  if (before === null || after === null) return null;
  return {
    checkpoints: after.checkpoints - before.checkpoints,
    checkpointsTimed: after.checkpointsTimed - before.checkpointsTimed,
    autovacuums: after.autovacuums - before.autovacuums,
    walBytes: after.walBytes - before.walBytes,
  };
}
