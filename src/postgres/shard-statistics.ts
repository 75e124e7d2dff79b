import type pg from 'pg';
import { present } from '../base/assert.ts';
import type { ShardServer } from '../result/shard-server.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { withClient } from './database.ts';
import { versionOf } from './server-statistics.ts';
import { walPages } from './wal-pages.ts';

/** What one shard's server has counted so far of the cell's tables; take two and subtract. */
export interface ShardStatistics {
  readonly sharedBuffersBytes: number;
  readonly bytes: number;
  readonly indexBytes: number;
  /** Indexes that an insert has to write to. */
  readonly indexes: number;
  readonly blocksHit: number;
  readonly blocksRead: number;
  readonly rowsInserted: number;
  readonly rowsUpdated: number;
  readonly rowsDeleted: number;
  /** Of the whole database and the whole server; null on servers that others use as well. */
  readonly whole: Whole | null;
}

/** All of a result but what the server does not know. */
export type AskedServer = Omit<ShardServer, 'writesBefore'>;

interface Whole {
  readonly tempFiles: number;
  readonly tempBytes: number;
  readonly deadlocks: number;
  readonly wal: {
    readonly records: number;
    readonly images: number;
  } | null;
  /** Where the log stood. */
  readonly lsn: string;
}

/** Tables of the shard's own database, or of the one schema that is ours. */
const tablesText = `
  select coalesce(sum(heap_blks_hit + coalesce(idx_blks_hit, 0) + coalesce(toast_blks_hit, 0)
                      + coalesce(tidx_blks_hit, 0)), 0)::text as hit,
         coalesce(sum(heap_blks_read + coalesce(idx_blks_read, 0) + coalesce(toast_blks_read, 0)
                      + coalesce(tidx_blks_read, 0)), 0)::text as read,
         coalesce(sum(pg_total_relation_size(io.relid)), 0)::text as bytes,
         coalesce(sum(pg_indexes_size(io.relid)), 0)::text as index_bytes,
         (select count(*)::text from pg_stat_user_indexes
           where $1::text is null or schemaname = $1) as indexes,
         coalesce(sum(n_tup_ins), 0)::text as inserted,
         coalesce(sum(n_tup_upd), 0)::text as updated,
         coalesce(sum(n_tup_del), 0)::text as deleted,
         (select (setting::bigint * current_setting('block_size')::bigint)::text
            from pg_settings where name = 'shared_buffers') as buffers
    from pg_statio_user_tables io join pg_stat_user_tables using (relid)
   where $1::text is null or io.schemaname = $1`;

/**
 * A session reports what it did now and then and when it ends: looked at while a pool is open, the
 * last seconds of each of its connections are missing.
 */
export async function shardStatistics(
  addresses: readonly ShardAddress[],
): Promise<readonly ShardStatistics[]> {
  return Promise.all(
    addresses.map((address) => withClient(address, (client) => readAll(client, address.schema))),
  );
}

async function readAll(client: pg.Client, schema: string | undefined): Promise<ShardStatistics> {
  const { rows } = await client.query<Record<string, string>>(tablesText, [schema ?? null]);
  const number = numbersOf(rows[0]);
  return {
    sharedBuffersBytes: number('buffers'),
    bytes: number('bytes'),
    indexBytes: number('index_bytes'),
    indexes: number('indexes'),
    blocksHit: number('hit'),
    blocksRead: number('read'),
    rowsInserted: number('inserted'),
    rowsUpdated: number('updated'),
    rowsDeleted: number('deleted'),
    whole: schema === undefined ? await readWhole(client) : null,
  };
}

const numbersOf =
  (row: Readonly<Record<string, string>> | undefined) =>
  (name: string): number =>
    Number(row?.[name] ?? 0);

async function readWhole(client: pg.Client): Promise<Whole> {
  const { rows } = await client.query<Record<string, string>>(
    `select temp_files, temp_bytes, deadlocks, pg_current_wal_insert_lsn() as lsn
       from pg_stat_database where datname = current_database()`,
  );
  const number = numbersOf(rows[0]);
  return {
    tempFiles: number('temp_files'),
    tempBytes: number('temp_bytes'),
    deadlocks: number('deadlocks'),
    wal: await readWal(client),
    lsn: rows[0]?.['lsn'] ?? '0/0',
  };
}

/** The view came with version 14. */
async function readWal(client: pg.Client): Promise<Whole['wal']> {
  if ((await versionOf(client)) < 140_000) return null;
  const { rows } = await client.query<Record<string, string>>(
    'select wal_records as records, wal_fpi as images from pg_stat_wal',
  );
  const number = numbersOf(rows[0]);
  return { records: number('records'), images: number('images') };
}

/** What each shard's server did between two looks; `memoryBytes` is the limit of each, if any. */
export async function statisticsBetween(
  addresses: readonly ShardAddress[],
  before: readonly ShardStatistics[],
  memoryBytes: number | null,
): Promise<readonly AskedServer[]> {
  const after = await shardStatistics(addresses);
  return Promise.all(
    addresses.map((address, shard) => {
      const now = present(after[shard], 'statistics');
      return between(address, present(before[shard], 'statistics'), now, memoryBytes);
    }),
  );
}

async function between(
  address: ShardAddress,
  then: ShardStatistics,
  now: ShardStatistics,
  memoryBytes: number | null,
): Promise<AskedServer> {
  return {
    sharedBuffersBytes: now.sharedBuffersBytes,
    memoryBytes,
    bytes: now.bytes,
    indexBytes: now.indexBytes,
    indexBytesLoaded: then.indexBytes,
    indexes: now.indexes,
    blocksHit: now.blocksHit - then.blocksHit,
    blocksRead: now.blocksRead - then.blocksRead,
    rowsInserted: now.rowsInserted - then.rowsInserted,
    rowsUpdated: now.rowsUpdated - then.rowsUpdated,
    rowsDeleted: now.rowsDeleted - then.rowsDeleted,
    ...(await wholeBetween(address, then.whole, now.whole)),
  };
}

/** Of two visits to the same shards: what they did adds up, and the later one has what they are. */
export function addStatistics(
  earlier: readonly AskedServer[],
  later: readonly AskedServer[],
): readonly AskedServer[] {
  return later.map((now, shard) => addServer(present(earlier[shard], 'shard'), now));
}

function addServer(then: AskedServer, now: AskedServer): AskedServer {
  return {
    ...now,
    indexBytesLoaded: then.indexBytesLoaded,
    blocksHit: then.blocksHit + now.blocksHit,
    blocksRead: then.blocksRead + now.blocksRead,
    rowsInserted: then.rowsInserted + now.rowsInserted,
    rowsUpdated: then.rowsUpdated + now.rowsUpdated,
    rowsDeleted: then.rowsDeleted + now.rowsDeleted,
    tempFiles: both(then.tempFiles, now.tempFiles),
    tempBytes: both(then.tempBytes, now.tempBytes),
    deadlocks: both(then.deadlocks, now.deadlocks),
    wal: then.wal &&
      now.wal && {
        records: then.wal.records + now.wal.records,
        images: then.wal.images + now.wal.images,
        bytes: then.wal.bytes + now.wal.bytes,
        imageBytes: both(then.wal.imageBytes, now.wal.imageBytes),
        // A page that both have changed counts twice: nobody has kept which these are.
        pages: both(then.wal.pages, now.wal.pages),
      },
  };
}

const both = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b;

const notOurs = { tempFiles: null, tempBytes: null, deadlocks: null, wal: null };

async function wholeBetween(
  address: ShardAddress,
  then: Whole | null,
  now: Whole | null,
): Promise<Pick<ShardServer, keyof typeof notOurs>> {
  if (then === null || now === null) return notOurs;
  const wal =
    then.wal === null || now.wal === null
      ? null
      : {
          records: now.wal.records - then.wal.records,
          images: now.wal.images - then.wal.images,
          // Not wal_bytes: sessions report it late, and the images, read between the same two
          // places of the log, could come out larger than the whole.
          ...(await walPages(address, then.lsn, now.lsn)),
        };
  return {
    tempFiles: now.tempFiles - then.tempFiles,
    tempBytes: now.tempBytes - then.tempBytes,
    deadlocks: now.deadlocks - then.deadlocks,
    wal,
  };
}
