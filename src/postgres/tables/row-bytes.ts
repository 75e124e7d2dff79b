import pg from 'pg';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import { recreateNamespace, withClient } from '../database.ts';
import { copyTables } from './copy-tables.ts';
import { runStatements } from './run-statements.ts';
import { keyStatements } from './table-ddl.ts';
import type { TableRows } from './table-rows.ts';

const database = 'shardlab_sample';
/** Rows of each table: a page more or less is then 2 bytes of a row. */
const sampleRows = 4000;
/** Of a page; the first one of an index has no entries. */
const pageBytes = 8192;

/**
 * Bytes of one row of each table, with its index entries, measured on a sample that is loaded for
 * it and goes again; 0 for a table without rows. Foreign keys are left out: the sample has children
 * without their parents.
 */
export async function measureRowBytes(
  maintenance: ShardAddress,
  rows: TableRows,
): Promise<readonly number[]> {
  const address = await recreateNamespace(maintenance, database);
  try {
    const sample = sampleOf(rows);
    await copyTables([address], sample);
    return await withClient(address, async (client) => {
      await runStatements(client, keyStatements(rows.set));
      const bytes: number[] = [];
      for (const [index, { name }] of rows.set.tables.entries()) {
        const count = sample.count(index);
        bytes.push(count === 0 ? 0 : (await sizeOf(client, name)) / count);
      }
      return bytes;
    });
  } finally {
    await remove(maintenance);
  }
}

/** Rows spread evenly over each table, all on one shard. */
function sampleOf(rows: TableRows): TableRows {
  const count = (table: number): number => Math.min(sampleRows, rows.count(table));
  const rowOf = (table: number): ((row: number) => number) => {
    const step = rows.count(table) / Math.max(1, count(table));
    return (row) => Math.floor(row * step);
  };
  return {
    set: { ...rows.set, views: [] },
    count,
    shardOf: () => () => 0,
    column: (table, name) => {
      const { maxBytes, write } = rows.column(table, name);
      const row = rowOf(table);
      return { maxBytes, write: (at, out, from) => write(row(at), out, from) };
    },
    text: (table, name) => {
      const text = rows.text(table, name);
      const row = rowOf(table);
      return (at) => text(row(at));
    },
  };
}

/** Up to the last page that has a row: COPY adds empty ones, which count in a small table. */
async function sizeOf(client: pg.Client, table: string): Promise<number> {
  const name = pg.escapeIdentifier(table);
  const { rows } = await client.query<{ bytes: string }>(
    `select (select ((max(ctid)::text::point)[0] + 1) * $2::int8 from ${name})
            + case when reltoastrelid = 0 then 0 else pg_relation_size(reltoastrelid) end
            + coalesce((select sum(pg_relation_size(indexrelid) - $2::int8) from pg_index
                         where indrelid = c.oid), 0) as bytes
       from pg_class c where c.oid = $1::regclass`,
    [name, pageBytes],
  );
  return Number(present(rows[0], 'answer').bytes);
}

async function remove(maintenance: ShardAddress): Promise<void> {
  // A schema of ours is emptied by the next who uses it, and goes with the fleet.
  if (maintenance.schema !== undefined) await recreateNamespace(maintenance, database);
  else {
    await withClient(maintenance, (client) =>
      client.query(`drop database if exists ${database} with (force)`),
    );
  }
}
