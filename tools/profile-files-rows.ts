import { stat } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

/** Types of the columns of the bench's file, by name. */
export const benchColumns: Readonly<Record<string, string>> = {
  order_id: 'BIGINT',
  tenant: 'VARCHAR',
  customer_id: 'BIGINT',
  status: 'VARCHAR',
  amount: 'DOUBLE',
  created_at: 'TIMESTAMP',
  country: 'VARCHAR',
  token: 'VARCHAR',
};

/** About what a line takes. */
const lineBytes = 92.5;

/**
 * Writes a CSV of orders: an identifier and a time that rise, a skewed tenant, a customer, few
 * statuses and countries, an amount, and a token that is unique in no order. The same bytes each
 * time, for each value is a hash of its row's number.
 */
export async function writeBenchRows(
  path: string,
  bytes: number,
): Promise<{ rows: number; bytes: number }> {
  const rows = Math.max(1, Math.round(bytes / lineBytes));
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  const part = (salt: number): string => `(hash(i * 7 + ${salt}) / 18446744073709551616.0)`;
  const one = (salt: number, from: readonly string[]): string =>
    `['${from.join("', '")}'][1 + (hash(i * 7 + ${salt}) % ${from.length})::int]`;
  await connection.run(`copy (select i as order_id,
      't' || lpad(floor(pow(${part(1)}, 4) * 50000)::bigint::varchar, 6, '0') as tenant,
      (hash(i * 7 + 2) % 2000000)::bigint as customer_id,
      ${one(3, ['new', 'paid', 'sent', 'back', 'gone'])} as status,
      (hash(i * 7 + 4) % 1000000)::bigint / 100.0 as amount,
      timestamp '2024-01-01' + to_seconds(i * 2) as created_at,
      ${one(5, ['BR', 'DE', 'FR', 'GB', 'IN', 'JP', 'US'])} as country,
      md5(i::varchar) as token
    from range(${rows}) as t(i)) to '${path.replaceAll("'", "''")}' (header, delimiter ',')`);
  connection.closeSync();
  instance.closeSync();
  return { rows, bytes: (await stat(path)).size };
}
