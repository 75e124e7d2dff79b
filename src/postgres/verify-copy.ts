import pg from 'pg';
import { columnValue } from '../workload/attributes.ts';
import type { Workload } from '../workload/types.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { withClient } from './database.ts';

export interface ShardContent {
  readonly rows: number;
  readonly bytes: number;
}

const sampleSize = 64;

/** Rows and bytes (table and indexes) of each shard. */
export async function shardContents(
  addresses: readonly ShardAddress[],
  table: string,
): Promise<ShardContent[]> {
  return Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        const { rows } = await client.query<{ rows: string; bytes: string }>(
          `select count(*) as rows, pg_total_relation_size($1::regclass) as bytes from ${table}`,
          [table],
        );
        return { rows: Number(rows[0]?.rows ?? 0), bytes: Number(rows[0]?.bytes ?? 0) };
      }),
    ),
  );
}

/**
 * Counts must add up to what was sent, and a sample of rows, spread evenly, must be found where the
 * router says. Throws a plain error: the harness itself would be wrong, not its user.
 */
export async function verifyCopy(
  addresses: readonly ShardAddress[],
  workload: Workload,
  table: string,
  sent: readonly number[],
  shardOf: (tenant: number, row: number) => number,
): Promise<ShardContent[]> {
  const contents = await shardContents(addresses, table);
  for (const [shard, { rows }] of contents.entries()) {
    if (rows !== sent[shard]) {
      throw new Error(`shard ${shard} holds ${rows} rows after ${sent[shard] ?? 0} were loaded`);
    }
  }
  const total = contents.reduce((sum, { rows }) => sum + rows, 0);
  if (total !== workload.rows.count) {
    throw new Error(`the shards hold ${total} rows, ${workload.rows.count} were generated`);
  }
  await verifySample(addresses, workload, table, shardOf);
  return contents;
}

async function verifySample(
  addresses: readonly ShardAddress[],
  workload: Workload,
  table: string,
  shardOf: (tenant: number, row: number) => number,
): Promise<void> {
  const identifying = workload.columns.filter(({ generator }) =>
    ['tenant', 'user', 'id'].includes(generator.kind),
  );
  const condition = identifying
    .map(({ name }, i) => `${pg.escapeIdentifier(name)} = $${i + 1}`)
    .join(' and ');
  const text = `select 1 from ${table} where ${condition} limit 1`;
  const values = identifying.map(({ name }) => columnValue(workload, name));
  const { count, tenantOf } = workload.rows;
  const size = Math.min(sampleSize, count);
  const sample = Array.from({ length: size }, (_, i) => Math.floor(((i + 0.5) * count) / size));
  await Promise.all(
    addresses.map((address, shard) =>
      withClient(address, async (client) => {
        for (const row of sample) {
          const tenant = tenantOf[row] ?? 0;
          if (shardOf(tenant, row) !== shard) continue;
          const found = await client.query(
            text,
            values.map((value) => value(tenant, row)),
          );
          if (found.rowCount === 0) throw new Error(`row ${row} is not on shard ${shard}`);
        }
      }),
    ),
  );
}
