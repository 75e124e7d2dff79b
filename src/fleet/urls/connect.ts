import { readFileSync } from 'node:fs';
import pg from 'pg';
import { connectionFault, connectTimeoutMs } from '../../base/connection/connection-fault.ts';
import { isAboutTls, urlAttempts } from '../../base/connection/tls-attempts.ts';
import type { ShardTls } from '../../base/shard-address.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { askedSearchPath } from './inspection.ts';
import type { ShardUrl } from './shard-urls.ts';

export interface Opened {
  readonly client: pg.Client;
  /** What worked of what the URL's sslmode allows. */
  readonly ssl: false | ShardTls;
}

/**
 * A connection to a shard of the user's own, as its URL says.
 * @throws {UserError} that says what failed and where, with no part of the URL but host and port
 */
export async function openShard(url: ShardUrl): Promise<Opened> {
  const attempts = urlAttempts(url.tls, url.where, readPem);
  for (const [i, ssl] of attempts.entries()) {
    const client = clientFor(url, ssl);
    try {
      await client.connect();
      return { client, ssl };
    } catch (error) {
      await client.end().catch(() => undefined);
      if (i + 1 === attempts.length || !isAboutTls(error)) throw connectionError(url, error);
    }
  }
  throw new Error('assertion failed: every sslmode has an attempt');
}

const readPem = (path: string): string => readFileSync(path, 'utf8');

function clientFor(url: ShardUrl, ssl: false | ShardTls): pg.Client {
  const { host, port, user, password, database } = url;
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database,
    ssl,
    // Also because without any, pg would take those of the environment (PGOPTIONS).
    options: `-c search_path=${askedSearchPath}`,
    application_name: 'shardlab',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  return client;
}

export function connectionError(url: ShardUrl, cause: unknown): UserError {
  const { text, hint } = connectionFault(cause);
  return new UserError(`${url.where} (${url.host}:${url.port}): ${text}`, {
    exitCode: exitCodes.unusable,
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}
