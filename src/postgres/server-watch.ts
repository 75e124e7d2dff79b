import pg from 'pg';
import type { ShardAddress } from '../base/shard-address.ts';
import { applicationName } from './connection.ts';
import { checkpointsText, versionOf } from './server-statistics.ts';

const periodMs = 500;

/** What a server did since the last look. */
export interface Seen {
  /** Ended ones. */
  readonly checkpoints: number;
  /** null on servers that others use as well. */
  readonly walBytes: number | null;
}

/**
 * Looks at every shard twice a second and tells what its server did since the last look, also where
 * that is nothing. A shard that cannot be asked is no longer looked at: its load tells the reason.
 * Returns what stops the watch.
 */
export async function watchServers(
  addresses: readonly ShardAddress[],
  saw: (shard: number, seen: Seen) => void,
): Promise<() => Promise<void>> {
  const stops = await Promise.all(
    addresses.map((address, shard) => watchShard(address, (seen) => saw(shard, seen))),
  );
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

async function watchShard(
  address: ShardAddress,
  saw: (seen: Seen) => void,
): Promise<() => Promise<void>> {
  const client = new pg.Client({ ...address, application_name: applicationName });
  let timer: NodeJS.Timeout | null = null;
  const stop = async (): Promise<void> => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    await client.end().catch(() => undefined);
  };
  client.on('error', () => void stop());
  await client.connect();
  const ours = address.schema === undefined;
  const text = `select (${checkpointsText(await versionOf(client))})::text as checkpoints,
    ${ours ? "pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text" : 'null'} as wal`;
  const totals = async (): Promise<{ checkpoints: number; wal: number }> => {
    const { rows } = await client.query<{ checkpoints: string; wal: string | null }>(text);
    return { checkpoints: Number(rows[0]?.checkpoints ?? 0), wal: Number(rows[0]?.wal ?? 0) };
  };
  let last = await totals();
  let asking = false;
  const look = async (): Promise<void> => {
    // A server that is slow to answer is not asked again meanwhile.
    if (asking) return;
    asking = true;
    const now = await totals();
    asking = false;
    if (timer === null) return;
    saw({
      checkpoints: now.checkpoints - last.checkpoints,
      walBytes: ours ? now.wal - last.wal : null,
    });
    last = now;
  };
  timer = setInterval(() => {
    look().catch(() => stop());
  }, periodMs);
  return stop;
}
