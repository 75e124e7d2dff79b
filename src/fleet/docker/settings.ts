import type { FleetRequest } from '../types.ts';

/** Beyond the pool: the loader, the watcher of server statistics, and a superuser's reserve. */
const extraConnections = 8;

/**
 * The settings of docker/postgresql.conf, which says why. They go on the command line, so that an
 * official image, which does not have that file, behaves like our own; a test compares the two.
 */
export const imageSettings: Readonly<Record<string, string>> = {
  listen_addresses: '*',
  shared_buffers: '64MB',
  max_wal_size: '8GB',
  checkpoint_timeout: '1h',
  random_page_cost: '1.1',
  jit: 'off',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  password_encryption: 'scram-sha-256',
};

/** The container's command: Postgres with the settings of the image and those of the run. */
export function postgresCommand(request: FleetRequest): string[] {
  const on = (value: boolean): string => (value ? 'on' : 'off');
  const settings = {
    ...imageSettings,
    max_connections: String(request.connectionsPerShard + extraConnections),
    fsync: on(request.durability.fsync),
    synchronous_commit: on(request.durability.synchronousCommit),
  };
  return [
    'postgres',
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
