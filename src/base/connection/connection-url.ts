import { sslModes, type TlsWish } from './tls-attempts.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A database of the user's own, taken apart. Never printed: it holds a password. */
export interface ConnectionUrl {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: TlsWish;
}

export const connectionUrlForm = 'postgres://user:password@host:port/database?sslmode=require';
/**
 * host, user and password as options are libpq's way to name a socket: postgres:///db?host=/run/pg.
 */
const understood = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'host', 'user', 'password'];
/** Providers put these into the URLs they hand out; nothing here depends on them. */
const ignored = new Set([
  'application_name',
  'connect_timeout',
  'channel_binding',
  'target_session_attrs',
]);

/**
 * The URL, or what is wrong with it, in words that have no part of a password. Without a password
 * it takes PGPASSWORD.
 */
export function readConnectionUrl(
  text: string,
  environment: Environment,
): ConnectionUrl | string[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    return [`not a connection URL; allowed: ${connectionUrlForm}`];
  }
  const problems: string[] = [];
  const option = (name: string): string | null => url.searchParams.get(name);
  // Without a user, what looks like an option may be the rest of a password with a ? in it.
  const options =
    url.username === '' && !url.searchParams.has('user') ? [] : url.searchParams.keys();
  for (const name of options) {
    if (understood.includes(name) || ignored.has(name)) continue;
    problems.push(`unknown option ${JSON.stringify(name)}; allowed: ${understood.join(', ')}`);
  }
  const decode = (part: string, what: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      problems.push(
        `the ${what} has a % without two hexadecimal digits behind it; write this % as %25`,
      );
      return '';
    }
  };
  const asked = option('sslmode') ?? 'prefer';
  const mode = sslModes.find((name) => name === asked);
  if (mode === undefined) {
    problems.push(`sslmode: found ${JSON.stringify(asked)}; allowed: ${sslModes.join(', ')}`);
  }
  const host = option('host') ?? decode(url.hostname, 'host').replace(/^\[(.*)\]$/, '$1');
  const user = option('user') ?? decode(url.username, 'user');
  const database = decode(url.pathname.slice(1), 'database');
  if (host === '') problems.push('it has no host');
  if (user === '') problems.push('it has no user');
  if (database === '') problems.push('it has no database');
  const password = option('password') ?? decode(url.password, 'password');
  if (problems.length > 0) return problems;
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    user,
    password: password === '' ? (environment['PGPASSWORD'] ?? '') : password,
    database,
    tls: {
      mode: mode ?? 'prefer',
      rootCert: option('sslrootcert'),
      cert: option('sslcert'),
      key: option('sslkey'),
    },
  };
}
