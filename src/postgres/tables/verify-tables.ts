import pg from 'pg';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { Table } from '../../scenario/table-types.ts';
import { withClient } from '../database.ts';
import type { SentRows } from './copy-tables.ts';
import { filledColumns } from './table-ddl.ts';
import type { TableRows } from './table-rows.ts';

/** What a shard holds of a table. */
export interface TableOnShard {
  readonly rows: number;
  /** With indexes and what is stored apart. */
  readonly bytes: number;
  /** Sum of the hashes of its rows in whatever order; '0' without rows. */
  readonly checksum: string;
}

/** Every table on every shard: of each table, by shard. */
export async function tablesOnShards(
  addresses: readonly ShardAddress[],
  { set: { tables } }: TableRows,
): Promise<readonly (readonly TableOnShard[])[]> {
  const hashed = async (hash: RowHash): Promise<TableOnShard[][]> =>
    Promise.all(addresses.map((address) => tablesOf(address, tables, hash)));
  const byShard = await hashed(recordHash).catch((error: { code?: string }) => {
    if (error.code !== undefinedFunction) throw error;
    return hashed(textHash);
  });
  return tables.map((_, table) => byShard.map((each) => present(each[table], 'table')));
}

type RowHash = (row: string) => string;

/** Of the values as they are stored: a fifth of the time of `textHash`. From Postgres 14 on. */
const recordHash: RowHash = (row) => `hash_record_extended(${row}, 0)`;
/** Of the values as text, for types without a hash of their own, such as json. */
const textHash: RowHash = (row) => `hashtextextended(${row}::text, 0)`;
const undefinedFunction = '42883';

/** Text of values depends on these. */
const settings = [
  'set extra_float_digits = 1',
  "set datestyle = 'ISO, YMD'",
  "set intervalstyle = 'iso_8601'",
  "set timezone = 'UTC'",
  "set bytea_output = 'hex'",
].join('; ');

async function tablesOf(
  address: ShardAddress,
  tables: readonly Table[],
  hash: RowHash,
): Promise<TableOnShard[]> {
  return withClient(address, async (client) => {
    await client.query(settings);
    const found: TableOnShard[] = [];
    for (const table of tables) found.push(await tableOn(client, table, hash));
    return found;
  });
}

/** One look at each row. A column that no generator fills may differ from cell to cell. */
async function tableOn(client: pg.Client, table: Table, hash: RowHash): Promise<TableOnShard> {
  const name = pg.escapeIdentifier(table.name);
  const columns = filledColumns(table).map((column) => pg.escapeIdentifier(column.name));
  const { rows } = await client.query<{ rows: string; bytes: string; checksum: string }>(
    `select count(*) as rows, pg_total_relation_size($1::regclass) as bytes,
            coalesce(sum(${hash(`row(${columns.join(', ')})`)}), 0)::text as checksum
       from ${name}`,
    [name],
  );
  const found = present(rows[0], 'answer');
  return { rows: Number(found.rows), bytes: Number(found.bytes), checksum: found.checksum };
}

/**
 * Counts must be what was sent and what was generated, and reference tables whole and alike on each
 * shard. Returns the checksum of each table's rows, whatever shards they lie on. Throws plain
 * errors: the harness itself would be wrong, not its user.
 */
export function verifyTables(
  found: readonly (readonly TableOnShard[])[],
  sent: SentRows,
  { set, count }: Pick<TableRows, 'set' | 'count'>,
  isReference: (table: number) => boolean,
): string[] {
  return set.tables.map(({ name }, index) => {
    const shards = present(found[index], 'table');
    for (const [shard, { rows }] of shards.entries()) {
      const expected = sent[index]?.[shard] ?? 0;
      if (rows !== expected) {
        throw new Error(
          `shard ${shard} holds ${rows} rows of ${name} after ${expected} were loaded`,
        );
      }
    }
    return isReference(index)
      ? wholeEverywhere(name, shards, count(index))
      : wholeTogether(name, shards, count(index));
  });
}

function wholeEverywhere(name: string, shards: readonly TableOnShard[], count: number): string {
  const checksum = shards[0]?.checksum ?? '0';
  for (const [shard, each] of shards.entries()) {
    if (each.rows !== count || each.checksum !== checksum) {
      throw new Error(
        `shard ${shard} holds ${each.rows} rows of the reference table ${name} with checksum ` +
          `${each.checksum}, where it has ${count} rows, on shard 0 with checksum ${checksum}`,
      );
    }
  }
  return checksum;
}

function wholeTogether(name: string, shards: readonly TableOnShard[], count: number): string {
  const total = shards.reduce((sum, { rows }) => sum + rows, 0);
  if (total !== count) {
    throw new Error(`the shards hold ${total} rows of ${name}, ${count} were generated`);
  }
  return shards.reduce((sum, { checksum }) => sum + BigInt(checksum), 0n).toString();
}

/**
 * The same rows lie in every cell, on other shards: each table's checksum must be that of the first
 * cell that was loaded.
 */
export class TableChecksums {
  private readonly known: Map<string, string> = new Map();

  check({ tables }: TableRows['set'], checksums: readonly string[]): void {
    for (const [index, { name }] of tables.entries()) {
      const found = present(checksums[index], 'checksum');
      const known = this.known.get(name) ?? found;
      if (known !== found) {
        throw new Error(
          `the rows of ${name} have the checksum ${found}, in the first cell they had ${known}`,
        );
      }
      this.known.set(name, found);
    }
  }
}
