import type { ShardAddress } from '../base/shard-address.ts';
import { withClient } from './database.ts';

/** What a shard's server is, for the result: a cell means little without it. */
export interface ServerFacts {
  readonly version: string;
  /** Settings that change what is measured, as a session sees them, such as `64MB`. */
  readonly settings: Readonly<Record<string, string>>;
}

const names = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_level',
  'max_wal_size',
  'checkpoint_timeout',
  'shared_buffers',
  'effective_cache_size',
  'work_mem',
  'random_page_cost',
  'jit',
  'max_connections',
  'autovacuum',
];

export async function serverFacts(address: ShardAddress): Promise<ServerFacts> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ name: string; value: string }>(
      'select name, current_setting(name) as value from pg_settings where name = any($1)',
      [[...names, 'server_version']],
    );
    const all = new Map(rows.map(({ name, value }) => [name, value]));
    const settings = names.flatMap((name) => {
      const value = all.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      version: all.get('server_version') ?? 'unknown',
      settings: Object.fromEntries(settings),
    };
  });
}
