/** What failed when a connection was opened, in words that have no part of a URL. */
export interface ConnectionFault {
  readonly text: string;
  readonly hint?: string;
}

export const connectTimeoutMs = 10_000;

interface Known extends ConnectionFault {
  readonly test: RegExp;
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

export function connectionFault(cause: unknown): ConnectionFault {
  const message = messageOf(cause);
  const { code = '' } = cause as { code?: string };
  const found = known.find(({ test }) => test.test(code) || test.test(message));
  if (found === undefined) return { text: message };
  const { text, hint } = found;
  return { text: `${text} (${message})`, ...(hint === undefined ? {} : { hint }) };
}

export const messageOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map((each: unknown) => messageOf(each)).join('; ')
    : error instanceof Error
      ? error.message
      : String(error);
