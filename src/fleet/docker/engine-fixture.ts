import pg from 'pg';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { FleetRequest } from '../types.ts';
import { connectEngine, type Engine } from './engine.ts';
import { localImage } from './image.ts';
import { runLabel } from './labels.ts';

const image = process.env['SHARDLAB_POSTGRES_IMAGE'] ?? null;

export type EngineForTests = { readonly engine: Engine } | { readonly missing: string };

/** An engine with an image, or why these tests cannot run here; nothing is pulled. */
export async function engineForTests(): Promise<EngineForTests> {
  try {
    const engine = await connectEngine();
    return (await localImage(engine, image)) === null ? { missing: 'no shard image' } : { engine };
  } catch (error) {
    return { missing: (error as Error).message };
  }
}

export const request: FleetRequest = {
  shards: 1,
  connectionsPerShard: 2,
  durability: { fsync: true, synchronousCommit: true },
  dataBytes: 1e6,
};

export const options = { image, storage: 'volume' } as const;

/** Names of the containers and volumes that carry our label, in order. */
export async function ourThings({ docker }: Engine): Promise<string[]> {
  const filters = { label: [runLabel] };
  const containers = await docker.listContainers({ all: true, filters });
  const { Volumes } = await docker.listVolumes({ filters });
  return [...containers.map(({ Id }) => Id), ...(Volumes ?? []).map(({ Name }) => Name)].toSorted();
}

/** The first value that the shard answers. */
export async function ask(address: ShardAddress | undefined, text: string): Promise<string> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text, rowMode: 'array' });
    return String(rows[0]?.[0]);
  } finally {
    await client.end();
  }
}
