import pg from 'pg';
import type { ShardTls } from '../../base/shard-address.ts';
import { exitCodes, type ExitCode } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { askedSearchPath } from './inspection.ts';
import type { ShardUrl } from './shard-urls.ts';
import { tlsAttempts } from './tls.ts';

const connectTimeoutMs = 10_000;

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
  const attempts = attemptsOf(url);
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

function attemptsOf(url: ShardUrl): (false | ShardTls)[] {
  try {
    return tlsAttempts(url.tls);
  } catch (cause) {
    throw new UserError(`${url.where}: a certificate cannot be read: ${messageOf(cause)}`, {
      exitCode: exitCodes.usage,
      cause,
    });
  }
}

/** Whether plain text instead of TLS, or the other way round, may help. */
function isAboutTls(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return code === '28000' || /SSL|TLS/.test(`${messageOf(error)} ${code}`);
}

interface Known {
  readonly test: RegExp;
  readonly text: string;
  readonly hint?: string;
}

/** By SQLSTATE, error code of Node, or message. */
const known: readonly Known[] = [
  { test: /^28P01/, text: 'the password is wrong, or this user does not exist' },
  { test: /^3D000/, text: 'the database does not exist' },
  {
    test: /^28000/,
    text: 'the server refuses this user',
    hint: 'look at pg_hba.conf of the server, and at sslmode',
  },
  { test: /^53300/, text: 'the server has no connection left' },
  { test: /^57P03/, text: 'the server is starting up or shutting down' },
  { test: /^ECONNREFUSED|^ENOENT/, text: 'no server listens at this address' },
  { test: /^ENOTFOUND|^EAI_AGAIN/, text: 'the name of the host is unknown' },
  { test: /^EHOSTUNREACH|^ENETUNREACH/, text: 'this host cannot be reached over the network' },
  { test: /^ETIMEDOUT|timeout expired/, text: `no answer within ${connectTimeoutMs / 1000} s` },
  {
    test: /does not support SSL/,
    text: 'the server does not offer TLS',
    hint: 'use sslmode=prefer',
  },
  {
    test: /SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT|self-signed/,
    text: "the server's certificate is not trusted",
    hint:
      'give the certificate of its authority by sslrootcert=<file>; sslmode=require checks ' +
      'nothing',
  },
  {
    test: /unsupported startup parameter/,
    text: 'this is a connection pooler that accepts no options: shardlab needs the server itself',
    hint: 'give the port of the server itself, not that of the pooler',
  },
  { test: /SASL|no password/, text: 'a password is needed', hint: 'in the URL, or in PGPASSWORD' },
];

export function connectionError(url: ShardUrl, cause: unknown): UserError {
  const message = messageOf(cause);
  const { code = '' } = cause as { code?: string };
  const found = known.find(({ test }) => test.test(code) || test.test(message));
  const exitCode: ExitCode = exitCodes.unusable;
  const place = `${url.where} (${url.host}:${url.port})`;
  if (found === undefined) return new UserError(`${place}: ${message}`, { exitCode, cause });
  const { text, hint } = found;
  return new UserError(`${place}: ${text} (${message})`, {
    exitCode,
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

const messageOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map((each: unknown) => messageOf(each)).join('; ')
    : error instanceof Error
      ? error.message
      : String(error);
