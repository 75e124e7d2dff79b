import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { sslModes, type TlsWish } from './tls.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A shard of the user's own. Never printed: it holds a password. */
export interface ShardUrl {
  /** Where it was given, for messages: `SHARDLAB_SHARD_0` or `topology.urls[0]`. */
  readonly where: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: TlsWish;
}

const prefix = 'SHARDLAB_SHARD_';
const form = 'postgres://user:password@host:port/database?sslmode=require';
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
 * The shards of SHARDLAB_SHARD_0, _1, ... if any is set, else those of the scenario: the
 * environment comes first because a file that is committed should hold no passwords. A URL without
 * a password takes PGPASSWORD.
 * @throws {UserError} exit 2, with every problem at once and without any part of a URL
 */
export function shardUrls(scenarioUrls: readonly string[], environment: Environment): ShardUrl[] {
  const problems: string[] = [];
  const fromEnvironment = environmentUrls(environment, problems);
  const given =
    fromEnvironment.length > 0
      ? fromEnvironment
      : scenarioUrls.map((text, i) => ({ where: `topology.urls[${i}]`, text }));
  const urls = given.flatMap(({ where, text }) => {
    const url = parseShardUrl(where, text, environment);
    if (Array.isArray(url)) problems.push(...url.map((problem) => `${where}: ${problem}`));
    return Array.isArray(url) ? [] : [url];
  });
  if (given.length === 0) {
    problems.push(`no shard URLs: set ${prefix}0, ${prefix}1, ... to ${form}, or topology.urls`);
  }
  if (problems.length === 0) return urls;
  throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}

function environmentUrls(
  environment: Environment,
  problems: string[],
): { where: string; text: string }[] {
  const found = Object.entries(environment)
    .filter(([name, value]) => name.startsWith(prefix) && value !== undefined && value !== '')
    .map(([name, text]) => ({ where: name, number: name.slice(prefix.length), text: text ?? '' }))
    .filter(({ where, number }) => {
      if (/^(0|[1-9]\d*)$/.test(number)) return true;
      problems.push(`${where}: the shards are called ${prefix}0, ${prefix}1, ...`);
      return false;
    })
    .toSorted((a, b) => Number(a.number) - Number(b.number));
  const gap = found.findIndex(({ number }, i) => Number(number) !== i);
  if (gap !== -1) problems.push(`${prefix}${gap} is not set, but ${found.at(-1)?.where} is`);
  return found;
}

/** The shard, or what is wrong with its URL. */
function parseShardUrl(where: string, text: string, environment: Environment): ShardUrl | string[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    return [`not a connection URL; allowed: ${form}`];
  }
  const problems: string[] = [];
  const option = (name: string): string | null => url.searchParams.get(name);
  for (const name of url.searchParams.keys()) {
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
    where,
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
