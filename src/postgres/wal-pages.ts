import type pg from 'pg';
import type { ShardAddress } from '../base/shard-address.ts';
import { withClient } from './database.ts';
import { versionOf } from './server-statistics.ts';

/** More is not read again: it would take longer than the window. */
const readableBytes = 512 * 2 ** 20;

interface WalPages {
  /** From one place to the other. */
  readonly bytes: number;
  /** Of full-page images alone. */
  readonly imageBytes: number | null;
  /** Different pages that a record changed. */
  readonly pages: number | null;
}

const unknown = { imageBytes: null, pages: null };

/** What a server without the extension, without its functions or without the old log answers. */
const unreadable = new Set(['0A000', '58P01', '42883', 'XX000', '22023']);

/** The lowest number of what is no catalogue. */
const firstOfUser = 16_384;

/**
 * Reads the log between two places again, with pg_walinspect, which comes with Postgres 15 and
 * counts pages from 16 on. Called on servers of our own after the window; null where it is not
 * installed, or where the log is too long or has been recycled.
 */
export async function walPages(address: ShardAddress, from: string, to: string): Promise<WalPages> {
  return withClient(address, async (client): Promise<WalPages> => {
    const version = await versionOf(client);
    const { rows } = await client.query<{ bytes: string }>(
      'select pg_wal_lsn_diff($2, $1)::text as bytes',
      [from, to],
    );
    const bytes = Number(rows[0]?.bytes ?? 0);
    if (bytes === 0) return { bytes, imageBytes: 0, pages: 0 };
    if (version < 150_000 || bytes > readableBytes) return { bytes, ...unknown };
    try {
      await client.query('create extension if not exists pg_walinspect');
      // A commit that waits for the disk takes everything before it along.
      await client.query('set synchronous_commit = on');
      await client.query("select pg_logical_emit_message(true, 'shardlab', '')");
      return {
        bytes,
        imageBytes: await numberOf(client, imagesText, [from, to]),
        pages: version < 160_000 ? null : await numberOf(client, pagesText, [from, to]),
      };
    } catch (error) {
      if (unreadable.has((error as { code?: string }).code ?? '')) return { bytes, ...unknown };
      throw error;
    }
  });
}

const imagesText = 'select coalesce(sum(fpi_size), 0)::text as value from pg_get_wal_stats($1, $2)';

const pagesText = `
  select count(distinct (relfilenode, relblocknumber))::text as value
    from pg_get_wal_block_info($1, $2, false)
   where reldatabase = (select oid from pg_database where datname = current_database())
     and relfilenode >= ${firstOfUser} and relforknumber = 0`;

async function numberOf(client: pg.Client, text: string, values: string[]): Promise<number> {
  const { rows } = await client.query<{ value: string }>(text, values);
  return Number(rows[0]?.value ?? 0);
}
