import type { Durability } from '../../scenario/types.ts';

export const sharedBuffersMb = 64;

/** What differs from Postgres' defaults, and why. */
export function postgresSettings(options: {
  port: number;
  /** null: TCP only. */
  socketDirectory: string | null;
  connections: number;
  durability: Durability;
}): string {
  const { durability } = options;
  const on = (value: boolean): string => (value ? 'on' : 'off');
  const settings: [string, string, string][] = [
    ['listen_addresses', "'127.0.0.1'", 'loopback only'],
    ['port', String(options.port), 'a free one'],
    ['unix_socket_directories', `'${options.socketDirectory ?? ''}'`, 'nothing outside our folder'],
    ['max_connections', String(options.connections), 'the pool, loading and looking'],
    ['shared_buffers', `${sharedBuffersMb}MB`, 'several shards share one machine'],
    ['fsync', on(durability.fsync), "the scenario's durability"],
    ['synchronous_commit', on(durability.synchronousCommit), "the scenario's durability"],
    // A checkpoint in the middle of a cell would hit one strategy and not another.
    ['max_wal_size', '8GB', 'no checkpoint by volume within a cell'],
    ['checkpoint_timeout', '1h', 'no checkpoint by time within a cell'],
    // The default of 4 is for spinning disks; a generic plan would then sort a large tenant's rows
    // instead of reading the newest ones from the index.
    ['random_page_cost', '1.1', 'solid-state disks, as production servers have'],
    ['jit', 'off', 'compiling short queries only adds variance'],
    ['log_checkpoints', 'off', 'quiet'],
    ['log_min_messages', 'warning', 'the log is quoted when a start fails'],
    ['password_encryption', "'scram-sha-256'", 'loopback is shared with other users'],
  ];
  return settings.map(([name, value, why]) => `${name} = ${value} # ${why}\n`).join('');
}

/** Sockets in the file system are reached by our own user only, and need the password as well. */
export const hostAccess = 'local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n';
