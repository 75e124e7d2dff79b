import pg from 'pg';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ShardUrl } from './shard-urls.ts';

const alreadyThere = '42P06';
const undefinedSchema = '3F000';
/** A query of the run that was cut off may still hold a table for a moment. */
const lockTimeout = '30s';

/** @throws {UserError} exit 3, when it exists already: it would be somebody else's */
export async function createNamespace(
  client: pg.Client,
  url: ShardUrl,
  schema: string,
): Promise<void> {
  const name = pg.escapeIdentifier(schema);
  try {
    await client.query(`create schema ${name}`);
    await client.query(
      `comment on schema ${name} is 'made by shardlab for one run, which drops it at its end'`,
    );
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    throw new UserError(
      code === alreadyThere
        ? `${url.where}: the schema ${schema} exists already; shardlab only uses a schema ` +
            'that it has created itself'
        : `${url.where}: the schema ${schema} cannot be created: ${message}`,
      {
        exitCode: exitCodes.unusable,
        cause,
        ...(code === alreadyThere
          ? { hint: `if you do not need it: drop schema ${name} cascade` }
          : {}),
      },
    );
  }
}

export async function dropNamespace(client: pg.Client, schema: string): Promise<void> {
  await client.query(`set lock_timeout = '${lockTimeout}'`);
  await client.query('set client_min_messages = warning');
  try {
    await client.query(`drop schema ${pg.escapeIdentifier(schema)} cascade`);
  } catch (error) {
    if ((error as { code?: string }).code !== undefinedSchema) throw error;
  }
}
