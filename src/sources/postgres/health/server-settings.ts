import type { Query } from '../session-types.ts';
import { numberOf } from './health-report.ts';

export interface ServerSettings {
  /** Such as 170004. */
  readonly version: number;
  readonly standby: boolean;
  readonly sharedBuffersBytes: number;
  /** effective_cache_size: what is known of the machine's memory. */
  readonly cacheBytes: number;
  readonly blockBytes: number;
  /** Without those that are kept for superusers. */
  readonly connectionsAllowed: number;
  readonly freezeMaxAge: number;
}

export async function serverSettings(query: Query): Promise<ServerSettings> {
  const [row] = await query(
    `select current_setting('server_version_num')::int8 as version,
      pg_is_in_recovery() as standby,
      pg_size_bytes(current_setting('shared_buffers'))::float8 as buffers,
      pg_size_bytes(current_setting('effective_cache_size'))::float8 as cache,
      current_setting('block_size')::float8 as block,
      current_setting('max_connections')::float8
        - current_setting('superuser_reserved_connections')::float8 as allowed,
      current_setting('autovacuum_freeze_max_age')::float8 as freeze`,
  );
  return {
    version: numberOf(row?.version) ?? 0,
    standby: row?.standby === true,
    sharedBuffersBytes: numberOf(row?.buffers) ?? 0,
    cacheBytes: numberOf(row?.cache) ?? 0,
    blockBytes: numberOf(row?.block) ?? 8192,
    connectionsAllowed: numberOf(row?.allowed) ?? 0,
    freezeMaxAge: numberOf(row?.freeze) ?? 2e8,
  };
}
