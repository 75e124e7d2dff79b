import { readFileSync } from 'node:fs';
import {
  connectionFault,
  connectTimeoutMs,
  messageOf,
} from '../../base/connection/connection-fault.ts';
import { type ConnectionUrl, readConnectionUrl } from '../../base/connection/connection-url.ts';
import { isAboutTls, urlAttempts } from '../../base/connection/tls-attempts.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import type { ShardTls } from '../../base/shard-address.ts';
import { UserError } from '../../base/user-error.ts';
import { PlainClient } from './plain-client.ts';

/**
 * @throws {UserError} exit 2, with every problem of the URL at once and without any part of it that
 *   may be a password
 */
export function databaseUrl(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): ConnectionUrl {
  const url = readConnectionUrl(text, environment);
  const isSplit = /^[^?]*[/#][^?]*@/.test(text.replace(/^\w+:\/\//, ''));
  if (!Array.isArray(url) && !isSplit) return url;
  const found = Array.isArray(url) ? url : [splitPassword];
  const problems = found.map((problem) => `the URL of the database: ${problem}`).join('\n');
  throw new UserError(problems, { exitCode: exitCodes.usage });
}

/** What stands before it would be taken for the host, and be shown. */
const splitPassword = 'found a / or # before the @; allowed: %2F or %23, and %40 in a name';

/** As it is shown: without user and password. */
export const shownUrl = ({ host, port, database }: ConnectionUrl): string => {
  const place = host.includes(':') ? `[${host}]` : host;
  return host.startsWith('/')
    ? `postgres:///${database}?host=${host}&port=${port}`
    : `postgres://${place}:${port}/${database}`;
};

/**
 * @throws {UserError} exit 3, that says what failed and where
 * @throws the signal's reason
 */
export async function openConnection(
  url: ConnectionUrl,
  signal: AbortSignal,
): Promise<PlainClient> {
  const attempts = urlAttempts(url.tls, 'the URL of the database', readPem);
  for (const [i, ssl] of attempts.entries()) {
    signal.throwIfAborted();
    const client = clientFor(url, ssl);
    const stop = (): void => client.destroy();
    signal.addEventListener('abort', stop);
    try {
      await client.connect();
      return client;
    } catch (error) {
      client.destroy();
      signal.throwIfAborted();
      if (i + 1 === attempts.length || !isAboutTls(error)) throw unusable(url, error);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
  throw new Error('assertion failed: every sslmode has an attempt');
}

const readPem = (path: string): string => readFileSync(path, 'utf8');

function clientFor(url: ConnectionUrl, ssl: false | ShardTls): PlainClient {
  const { host, port, user, password, database } = url;
  const client = new PlainClient({
    host,
    port,
    user,
    password,
    database,
    ssl,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  });
  // A backend that is ended tells so by this event; the next query says the same.
  client.on('error', () => undefined);
  return client;
}

/** Shut down, or too long idle or in a transaction; pg has no code for a socket that was closed. */
export function isLoss(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^(?:08...|57P..|25P0[34])$/.test(code)) return true;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT') return true;
  return typeof message === 'string' && /^Connection terminated|not queryable/.test(message);
}

export const lostConnection = (url: ConnectionUrl, cause: unknown): UserError =>
  new UserError(`the connection to ${shownUrl(url)} was lost: ${messageOf(cause)}`, {
    exitCode: exitCodes.unusable,
    cause,
  });

function unusable(url: ConnectionUrl, cause: unknown): UserError {
  const { text, hint } = connectionFault(cause);
  return new UserError(`${shownUrl(url)} cannot be read: ${text}`, {
    exitCode: exitCodes.unusable,
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}
