import pg from 'pg';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { Table } from '../../scenario/table-types.ts';
import { withClient } from '../database.ts';
import { filledColumns } from './table-ddl.ts';
import { everyShard, type TableRows } from './table-rows.ts';

/** Rows of a table, on all shards together. */
const sampleSize = 64;

/**
 * A sample of each table's rows, spread evenly, must be found where the router says. Throws a plain
 * error: the harness itself would be wrong, not its user.
 */
export async function verifySample(
  addresses: readonly ShardAddress[],
  rows: TableRows,
): Promise<void> {
  await Promise.all(
    addresses.map((address, shard) =>
      withClient(address, async (client) => {
        for (const index of rows.set.tables.keys()) await verifyTable(client, shard, rows, index);
      }),
    ),
  );
}

async function verifyTable(
  client: pg.Client,
  shard: number,
  rows: TableRows,
  index: number,
): Promise<void> {
  const table = present(rows.set.tables[index], 'table');
  const columns = identifying(table);
  if (columns.length === 0) return;
  const shardOf = rows.shardOf(index);
  const here = sampleOf(rows.count(index)).filter((row) =>
    [shard, everyShard].includes(shardOf(row)),
  );
  if (here.length === 0) return;
  const values = columns.map((column) => rows.text(index, column));
  const types = await typesOf(client, table.name);
  // The rows that are missing, by their place in the sample: one scan even without an index.
  const given = columns.map((column, i) => `$${i + 2}::text[]`);
  const same = columns.map((column, i) => {
    const type = present(types.get(column), `type of ${column}`);
    return `t.${pg.escapeIdentifier(column)} = s.v${i}::${type}`;
  });
  const { rows: missing } = await client.query<{ row: string }>(
    `select s.row from unnest($1::int8[], ${given.join(', ')})
         as s(row, ${columns.map((_, i) => `v${i}`).join(', ')})
      where not exists (select from ${pg.escapeIdentifier(table.name)} t
                         where ${same.join(' and ')})
      order by s.row limit 1`,
    [here, ...values.map((text) => here.map((row) => text(row)))],
  );
  const first = missing[0];
  if (first !== undefined) {
    throw new Error(`row ${first.row} of ${table.name} is not on shard ${shard}`);
  }
}

const sampleOf = (count: number): number[] => {
  const size = Math.min(sampleSize, count);
  return Array.from({ length: size }, (_, i) => Math.floor(((i + 0.5) * count) / size));
};

/** Columns by which a row is found: its primary key, or what else ties it to others. */
function identifying(table: Table): readonly string[] {
  const filled = filledColumns(table);
  const { primary } = table;
  if (primary.length > 0 && primary.every((name) => filled.some((each) => each.name === name))) {
    return primary;
  }
  return filled
    .filter(({ nulls, generator }) => nulls === 0 && generator !== null && ties(generator.kind))
    .map(({ name }) => name);
}

const ties = (kind: string): boolean =>
  ['tenant', 'user', 'id', 'sequence', 'parent', 'pick', 'padded'].includes(kind);

/** Types of a table's columns, as the server calls them. */
async function typesOf(client: pg.Client, table: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [pg.escapeIdentifier(table)],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}
