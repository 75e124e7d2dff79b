import pg from 'pg';
import { applicationName, type ShardAddress } from './connection.ts';
import { checkpointsText, versionOf } from './server-statistics.ts';

const periodMs = 500;

/**
 * Looks at every shard twice a second and tells how many checkpoints it has ended since the last
 * look, 0 included. A shard that cannot be asked is no longer looked at: its load tells the reason.
 * Returns what stops the watch.
 */
export async function watchCheckpoints(
  addresses: readonly ShardAddress[],
  saw: (shard: number, count: number) => void,
): Promise<() => Promise<void>> {
  const stops = await Promise.all(
    addresses.map((address, shard) => watchShard(address, (count) => saw(shard, count))),
  );
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

async function watchShard(
  address: ShardAddress,
  saw: (count: number) => void,
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
  const text = `select (${checkpointsText(await versionOf(client))})::text as total`;
  const total = async (): Promise<number> => {
    const { rows } = await client.query<{ total: string }>(text);
    return Number(rows[0]?.total ?? 0);
  };
  let last = await total();
  let asking = false;
  const look = async (): Promise<void> => {
    // A server that is slow to answer is not asked again meanwhile.
    if (asking) return;
    asking = true;
    const now = await total();
    asking = false;
    if (timer === null) return;
    saw(now - last);
    last = now;
  };
  timer = setInterval(() => {
    look().catch(() => stop());
  }, periodMs);
  return stop;
}
