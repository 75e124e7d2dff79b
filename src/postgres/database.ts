import { createHash } from 'node:crypto';
import pg from 'pg';
import { exitCodes, UserError } from '../base/user-error.ts';
import type { Schema } from '../scenario/types.ts';
import { applicationName, type ShardAddress } from './connection.ts';

/** Runs `work` with a plain connection that is closed afterwards. */
export async function withClient<T>(
  address: ShardAddress,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...address, application_name: applicationName });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A new, empty database on a shard: what an earlier cell left goes with the old one. */
export async function recreateDatabase(
  maintenance: ShardAddress,
  database: string,
): Promise<ShardAddress> {
  const name = pg.escapeIdentifier(database);
  await withClient(maintenance, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} template template0`);
  });
  return { ...maintenance, database };
}

/** Builds the empty table everywhere at once and checks that every shard now has the same. */
export async function createSchema(
  addresses: readonly ShardAddress[],
  schema: Schema,
): Promise<string> {
  await Promise.all(addresses.map((address) => runDdl(address, schema.ddl, 'schema.ddl')));
  return sameCatalogue(addresses);
}

/** Indexes and statistics on the loaded rows, then everything to disk: the state a cell starts from. */
export async function finishLoad(
  addresses: readonly ShardAddress[],
  schema: Schema,
): Promise<string> {
  await Promise.all(
    addresses.map(async (address) => {
      await runDdl(address, schema.indexes, 'schema.indexes');
      await withClient(address, (client) => client.query('vacuum (analyze)'));
      await withClient(address, (client) => client.query('checkpoint'));
    }),
  );
  return sameCatalogue(addresses);
}

async function runDdl(
  address: ShardAddress,
  statements: readonly string[],
  path: string,
): Promise<void> {
  await withClient(address, async (client) => {
    for (const [i, statement] of statements.entries()) {
      try {
        await client.query(statement);
      } catch (cause) {
        const { message, position } = cause as { message: string; position?: string };
        const at = position === undefined ? '' : ` at character ${position}`;
        throw new UserError(
          `${path}[${i}]: Postgres says: ${message}${at}\n  ${statement.trim()}`,
          {
            exitCode: exitCodes.usage,
            cause,
          },
        );
      }
    }
  });
}

/** Columns with types and defaults, indexes and constraints of the user's own schemas. */
const catalogueQuery = `
  select 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
         a.attnotnull::text, coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relkind in ('r', 'p', 'v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'index', tablename, indexname, indexdef, '', '' from pg_indexes
   where schemaname !~ '^pg_' and schemaname <> 'information_schema'
  union all
  select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
    from pg_constraint where conrelid <> 0
  order by 1, 2, 3`;

async function sameCatalogue(addresses: readonly ShardAddress[]): Promise<string> {
  const digests = await Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        const { rows } = await client.query({ text: catalogueQuery, rowMode: 'array' });
        return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
      }),
    ),
  );
  const [first = ''] = digests;
  const odd = digests.findIndex((digest) => digest !== first);
  if (odd !== -1) {
    throw new UserError(`shard ${odd} has another schema than shard 0 after the same DDL`, {
      exitCode: exitCodes.unusable,
      hint: 'DDL that depends on the server (version, time, random names) cannot be compared',
    });
  }
  return first;
}
