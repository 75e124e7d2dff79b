import { createHash } from 'node:crypto';
import pg from 'pg';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { Schema } from '../scenario/types.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { applicationName } from './connection.ts';
import { inOwnSchema, searchPathOption } from './own-schema.ts';

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

/**
 * An empty place for a cell on a shard; what an earlier cell left goes. On a server of our own that
 * is a new database, elsewhere the schema that the fleet has made, emptied: its address then has a
 * search path with that schema alone.
 * @param place other than 0: one more beside it, for another cell at the same time
 */
export async function recreateNamespace(
  maintenance: ShardAddress,
  database: string,
  place = 0,
): Promise<ShardAddress> {
  const { schema: first, options } = maintenance;
  if (first === undefined) return recreateDatabase(maintenance, database);
  const schema = place === 0 ? first : `${first}_${place}`;
  const name = pg.escapeIdentifier(schema);
  await withClient(maintenance, async (client) => {
    await client.query('set client_min_messages = warning');
    await client.query(`drop schema if exists ${name} cascade`);
    await client.query(`create schema ${name}`);
    await client.query(`comment on schema ${name} is '${schemaComment}'`);
  });
  const path = searchPathOption(schema);
  return { ...maintenance, schema, options: options === undefined ? path : `${options} ${path}` };
}

/** What `recreateNamespace` has made beside the place that the fleet removes itself. */
export async function dropNamespace({ schema, ...address }: ShardAddress): Promise<void> {
  // A database of our own goes with its server.
  if (schema === undefined) return;
  const name = pg.escapeIdentifier(schema);
  await withClient(address, (client) => client.query(`drop schema if exists ${name} cascade`));
}

const schemaComment = 'made by shardlab for one run, which drops it at its end';

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

/**
 * Indexes and statistics on the loaded rows, then everything to disk: the state a cell starts from.
 * Returns what could not be done on servers that are not ours.
 */
export async function finishCopy(
  addresses: readonly ShardAddress[],
  schema: Pick<Schema, 'indexes'>,
): Promise<Fact[]> {
  const refused = await Promise.all(
    addresses.map(async (address) => {
      await runDdl(address, schema.indexes, 'schema.indexes');
      return withClient(address, async (client) => {
        await client.query(`vacuum (analyze) ${await tablesToVacuum(client, address)}`);
        return refusesCheckpoint(client, address);
      });
    }),
  );
  await sameCatalogue(addresses);
  return refused.includes(true) ? [noCheckpoint] : [];
}

/** '' for all of a database of our own, catalogue included; elsewhere our own tables only. */
async function tablesToVacuum(client: pg.Client, { schema }: ShardAddress): Promise<string> {
  if (schema === undefined) return '';
  const { rows } = await client.query<{ names: string | null }>(
    `select string_agg(format('%I.%I', $1::text, relname), ', ') as names from pg_class
      where relnamespace = $1::regnamespace and relkind in ('r', 'm') and not relispartition`,
    [schema],
  );
  return rows[0]?.names ?? '';
}

const insufficientPrivilege = '42501';

const noCheckpoint: Fact = fact('checkpoint-not-allowed', {
  severity: 'warning',

  place: '/server/checkpoints',
});

/** Whether the server refused it. */
async function refusesCheckpoint(client: pg.Client, { schema }: ShardAddress): Promise<boolean> {
  try {
    await client.query('checkpoint');
    return false;
  } catch (error) {
    if (schema === undefined || (error as { code?: string }).code !== insufficientPrivilege) {
      throw error;
    }
    return true;
  }
}

async function runDdl(
  address: ShardAddress,
  statements: readonly string[],
  path: string,
): Promise<void> {
  await withClient(address, (client) =>
    inOwnSchema(client, address.schema, async () => {
      for (const [i, statement] of statements.entries()) {
        try {
          await client.query(statement);
        } catch (cause) {
          const { message, position } = cause as { message: string; position?: string };
          const at = position === undefined ? '' : ` at character ${position}`;
          throw new UserError(
            `${path}[${i}]: Postgres says: ${message}${at}\n  ${statement.trim()}`,
            { exitCode: exitCodes.usage, cause },
          );
        }
      }
    }),
  );
}

/**
 * Columns with types and defaults, indexes and constraints of one schema, or of all when $1 is
 * null.
 */
const catalogueQuery = `
  select 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
         a.attnotnull::text, coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where c.relkind in ('r', 'p', 'v', 'm')
     and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     and ($1::text is null or n.nspname = $1)
  union all
  select 'index', tablename, indexname, indexdef, '', '' from pg_indexes
   where schemaname !~ '^pg_' and schemaname <> 'information_schema'
     and ($1::text is null or schemaname = $1)
  union all
  select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
    from pg_constraint
   where conrelid <> 0 and ($1::text is null or connamespace = $1::regnamespace)
  order by 1, 2, 3`;

async function sameCatalogue(addresses: readonly ShardAddress[]): Promise<string> {
  const digests = await Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        const { schema = null } = address;
        const { rows } = await client.query({
          text: catalogueQuery,
          values: [schema],
          rowMode: 'array',
        });
        // Two shards in one database have schemas with different names.
        const text = JSON.stringify(rows);
        const unqualified = schema === null ? text : text.replaceAll(`${schema}.`, '');
        return createHash('sha256').update(unqualified).digest('hex');
      }),
    ),
  );
  const [first = ''] = digests;
  const odd = digests.findIndex((digest) => digest !== first);
  if (odd !== -1) {
    throw new UserError(
      `shard ${odd} has a different schema from shard 0, although both ran the same DDL`,
      {
        exitCode: exitCodes.unusable,
        hint:
          'leave out DDL whose result depends on the server (its version, the time, random ' +
          'names)',
      },
    );
  }
  return first;
}
