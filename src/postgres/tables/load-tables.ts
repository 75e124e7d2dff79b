import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { Fact } from '../../result/finding.ts';
import type { TableResult } from '../../result/table-result.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { finishCopy, withClient } from '../database.ts';
import { inOwnSchema } from '../own-schema.ts';
import type { ShardContent } from '../verify-copy.ts';
import { copyTables } from './copy-tables.ts';
import { runStatements } from './run-statements.ts';
import { foreignStatements, keyStatements } from './table-ddl.ts';
import type { TableRows } from './table-rows.ts';
import { verifySample } from './verify-sample.ts';
import { tablesOnShards, verifyTables } from './verify-tables.ts';

/** Tables as they stand before the first operation. */
export interface LoadedTables {
  /** Of each shard, all tables together. */
  readonly contents: readonly ShardContent[];
  readonly tables: readonly TableResult[];
  /** Of each table: the same in every cell of a run. */
  readonly checksums: readonly string[];
  /** What could not be done on servers that are not ours. */
  readonly notes: readonly Fact[];
}

/**
 * Makes the tables of a scenario on empty shards, loads them, declares what the shards can hold of
 * their constraints, and looks whether everything has arrived.
 */
export async function loadTables(
  addresses: readonly ShardAddress[],
  rows: TableRows,
  layout: Layout,
): Promise<LoadedTables> {
  const sent = await copyTables(addresses, rows);
  await declareKeys(addresses, rows, layout);
  const notes = await finishCopy(addresses, { indexes: [] });
  const found = await tablesOnShards(addresses, rows);
  const places = rows.set.tables.map(({ name }) =>
    present(
      layout.tables.find(({ table }) => table === name),
      `placement of ${name}`,
    ),
  );
  const isReference = (table: number): boolean => places[table]?.placement === 'reference';
  const checksums = verifyTables(found, sent, rows, isReference);
  await verifySample(addresses, rows);
  const tables = places.map(({ table, placement, keyColumns }, i): TableResult => {
    const shards = present(found[i], 'table');
    return {
      table,
      placement,
      keyColumns: [...keyColumns],
      rows: shards.map((shard) => shard.rows),
      bytes: shards.map((shard) => shard.bytes),
    };
  });
  const contents = addresses.map((_, shard) => contentOf(tables, shard));
  return { contents, tables, checksums, notes };
}

/** Postgres itself looks whether every row keeps them. */
async function declareKeys(
  addresses: readonly ShardAddress[],
  { set }: TableRows,
  layout: Layout,
): Promise<void> {
  const statements = [...keyStatements(set), ...foreignStatements(set, layout)];
  await Promise.all(
    addresses.map((address) =>
      withClient(address, (client) =>
        inOwnSchema(client, address.schema, () => runStatements(client, statements)),
      ),
    ),
  );
}

const contentOf = (tables: readonly TableResult[], shard: number): ShardContent => ({
  rows: tables.reduce((sum, { rows }) => sum + (rows[shard] ?? 0), 0),
  bytes: tables.reduce((sum, { bytes }) => sum + (bytes[shard] ?? 0), 0),
});
