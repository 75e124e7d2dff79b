import { expect, test } from 'vitest';
import { UserError } from '../../base/user-error.ts';
import { shardUrls } from './shard-urls.ts';

const secret = 's3cr%25t';
const url = `postgres://anna:${secret}@db.example.org:6543/app?sslmode=verify-full`;

function refusal(scenario: string[], environment: Record<string, string> = {}): string {
  try {
    shardUrls(scenario, environment);
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode !== 2) throw error;
    return error.message;
  }
  throw new Error('it was accepted');
}

test('a URL is taken apart, with its escapes', () => {
  expect(shardUrls([], { SHARDLAB_SHARD_0: url })).toEqual([
    {
      where: 'SHARDLAB_SHARD_0',
      host: 'db.example.org',
      port: 6543,
      user: 'anna',
      password: 's3cr%t',
      database: 'app',
      tls: { mode: 'verify-full', rootCert: null, cert: null, key: null },
    },
  ]);
});

test('the default port, sslmode and password are those of libpq', () => {
  const [shard] = shardUrls(['postgresql://u@[::1]/d'], { PGPASSWORD: 'p' });
  expect(shard).toMatchObject({ host: '::1', port: 5432, password: 'p', tls: { mode: 'prefer' } });
  const [socket] = shardUrls(['postgres:///d?host=/var/run/postgresql&user=u'], {});
  expect(socket).toMatchObject({ host: '/var/run/postgresql', where: 'topology.urls[0]' });
});

test('ten shards and more keep their order; the environment comes before the scenario', () => {
  const environment = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [`SHARDLAB_SHARD_${i}`, `postgres://u@h/d${i}`]),
  );
  const databases = shardUrls(['postgres://u@h/other'], environment).map(
    ({ database }) => database,
  );
  expect(databases).toEqual(Array.from({ length: 11 }, (_, i) => `d${i}`));
});

test('what providers add is let through', () => {
  expect(shardUrls(['postgres://u@h/d?sslmode=require&channel_binding=require'], {})).toHaveLength(
    1,
  );
});

test('every problem is reported at once, and no password with it', () => {
  const message = refusal([
    `postgres:///?password=${secret}`,
    `mysql://u:${secret}@h/d`,
    secret,
    `postgres://u:${secret}@h/d?sslmode=maybe&pgbouncer=true`,
    'postgres://u:s3cr%zz@h/d',
  ]);
  expect(message).not.toContain('s3cr');
  expect(message.split('\n')).toEqual([
    'topology.urls[0]: it has no host',
    'topology.urls[0]: it has no user',
    'topology.urls[0]: it has no database',
    expect.stringMatching(/^topology.urls\[1\]: not a connection URL; allowed: postgres:/),
    expect.stringMatching(/^topology.urls\[2\]: not a connection URL/),
    expect.stringMatching(/^topology.urls\[3\]: unknown option "pgbouncer"; allowed: sslmode, /),
    expect.stringMatching(/^topology.urls\[3\]: sslmode: found "maybe"; allowed: disable, /),
    'topology.urls[4]: the password has a % without two hexadecimal digits behind it; ' +
      'write this % as %25',
  ]);
});

test('no URLs, gaps and names that are no numbers are refused', () => {
  expect(refusal([])).toMatch(/^no shard URLs: set SHARDLAB_SHARD_0/);
  expect(refusal([], { SHARDLAB_SHARD_0: url, SHARDLAB_SHARD_2: url })).toBe(
    'SHARDLAB_SHARD_1 is not set, but SHARDLAB_SHARD_2 is',
  );
  expect(refusal([], { SHARDLAB_SHARD_A: url })).toMatch(
    /^SHARDLAB_SHARD_A: the shards are called/,
  );
});
