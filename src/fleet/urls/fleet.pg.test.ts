import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { UserError } from '../../base/user-error.ts';
import { embeddedFleet } from '../embedded/fleet.ts';
import type { FleetRequest, RunningFleet } from '../types.ts';
import { urlsFleet } from './fleet.ts';
import { shardUrls, type ShardUrl } from './shard-urls.ts';

// Embedded shards stand for the servers of a user.
const request: FleetRequest = {
  shards: 2,
  connectionsPerShard: 2,
  durability: { fsync: true, synchronousCommit: true },
  dataBytes: 1e6,
};
const signal = new AbortController().signal;

let servers: RunningFleet;

beforeAll(async () => {
  servers = await embeddedFleet.start({ ...request, connectionsPerShard: 30 }, signal);
  const password = present(servers.shards[0], 'shard').password;
  for (const shard of [0, 1]) {
    await ask(shard, `create role plain login password '${password}'`);
    await ask(shard, 'revoke create on database postgres from public');
    await ask(shard, 'create database app');
    await ask(shard, 'grant create on database app to plain');
    await ask(shard, `create role reader login password '${password}'`);
    await ask(shard, 'alter role reader set default_transaction_read_only = on');
  }
});

afterAll(() => servers.stop());

async function ask(shard: number, text: string, database = 'postgres'): Promise<string[]> {
  const client = new pg.Client({ ...servers.shards[shard], database });
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text, rowMode: 'array' });
    return rows.map(([first]) => String(first));
  } finally {
    await client.end();
  }
}

function urlOf(
  shard: number,
  changes: Partial<Record<'user' | 'password' | 'database', string>> = {},
) {
  const { port, password } = present(servers.shards[shard], 'shard');
  const { user = 'plain', database = 'app' } = changes;
  return `postgres://${user}:${changes.password ?? password}@127.0.0.1:${port}/${database}`;
}

const fleetOf = (urls: readonly string[], schema?: string) =>
  urlsFleet(shardUrls(urls, {}), ...(schema === undefined ? [] : [schema]));

const schemas = (shard: number): Promise<string[]> =>
  ask(shard, "select nspname from pg_namespace where nspname like 'shardlab%' order by 1", 'app');

async function refusal(urls: readonly string[], changes: Partial<FleetRequest> = {}) {
  const error = await fleetOf(urls)
    .start({ ...request, shards: urls.length, ...changes }, signal)
    .then(
      async (running) => {
        await running.stop();
        return null;
      },
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(UserError);
  const { message, exitCode } = error as UserError;
  expect(message).not.toContain(servers.shards[0]?.password);
  expect([2, 3]).toContain(exitCode);
  expect([...(await schemas(0)), ...(await schemas(1))]).toEqual([]);
  return message;
}

test('a plain role gets a schema of its own on each server, dropped at the end', async () => {
  const fleet = await fleetOf([urlOf(0), urlOf(1)]).start(request, signal);
  const [first, second] = fleet.shards;
  expect(first?.schema).toMatch(/^shardlab_\d{8}_\d{6}_[0-9a-f]{4}$/);
  expect(second?.schema).toBe(first?.schema);
  expect(await schemas(0)).toEqual([first?.schema]);
  expect(fleet.notes).toEqual([]);
  expect(fleet.description).toMatch(
    /your own servers \(Postgres 18\.\d+\), in the schema shardlab_/,
  );
  expect(await fleet.throttling()).toEqual([null, null]);
  await fleet.stop();
  await fleet.stop();
  expect([...(await schemas(0)), ...(await schemas(1))]).toEqual([]);
});

test('two URLs of one server: a warning, and two schemas in one database', async () => {
  const fleet = await fleetOf([urlOf(0), urlOf(0)]).start(request, signal);
  expect(fleet.notes).toEqual([
    expect.stringMatching(/^topology\.urls\[0\], topology\.urls\[1\] are the same server/),
  ]);
  const names = fleet.shards.map(({ schema }) => schema);
  expect(names[1]).toBe(`${names[0]}_1`);
  expect(await schemas(0)).toEqual(names);
  await fleet.stop();
  expect(await schemas(0)).toEqual([]);
});

test('a schema that exists already is refused and left alone', async () => {
  await ask(1, 'create schema shardlab_mine', 'app');
  const start = fleetOf([urlOf(0), urlOf(1)], 'shardlab_mine').start(request, signal);
  await expect(start).rejects.toThrow(
    'topology.urls[1]: the schema shardlab_mine exists already; shardlab only uses a ' +
      'schema that it has created itself',
  );
  expect(await schemas(0)).toEqual([]);
  expect(await schemas(1)).toEqual(['shardlab_mine']);
  await ask(1, 'drop schema shardlab_mine', 'app');
});

test('an interrupted start leaves nothing', async () => {
  const aborted = AbortSignal.abort(new Error('stop'));
  await expect(fleetOf([urlOf(0)]).start({ ...request, shards: 1 }, aborted)).rejects.toThrow(
    'stop',
  );
  expect(await schemas(0)).toEqual([]);
});

test('a role without CREATE, and one that only reads, get one message each', async () => {
  const message = await refusal([
    urlOf(0, { database: 'postgres' }),
    urlOf(1, { user: 'reader', database: 'postgres' }),
  ]);
  expect(message).toMatch(/urls\[0\] \(127\.0\.0\.1:\d+\) does not let plain create a schema/);
  expect(message).toMatch(/urls\[1\] .* makes transactions of reader read-only/);
});

test('a wrong password', async () => {
  expect(await refusal([urlOf(0, { password: 'wrong' })])).toMatch(
    /^topology\.urls\[0\] \(127\.0\.0\.1:\d+\): the password is wrong, or this user does not exist/,
  );
});

test('a database that does not exist', async () => {
  expect(await refusal([urlOf(0, { database: 'none' })])).toMatch(/: the database does not exist/);
});

test('nothing listens, and every bad URL is named', async () => {
  const message = await refusal(['postgres://u@127.0.0.1:1/d', 'postgres://u@nowhere.invalid/d']);
  expect(message).toMatch(/urls\[0\] \(127\.0\.0\.1:1\): no server listens at this address/);
  expect(message).toMatch(/urls\[1\] \(nowhere\.invalid:5432\): the name of the host is unknown/);
});

test('TLS that is required and not spoken', async () => {
  expect(await refusal([`${urlOf(0)}?sslmode=require`])).toMatch(/: the server does not offer TLS/);
  expect(await refusal([`${urlOf(0)}?sslmode=verify-full&sslrootcert=/none`])).toMatch(
    /urls\[0\]: a certificate cannot be read: ENOENT/,
  );
});

test('too few connections, and too few URLs', async () => {
  expect(await refusal([urlOf(0)], { connectionsPerShard: 500 })).toMatch(
    /has \d+ connections left, 504 are needed/,
  );
  expect(await refusal([urlOf(0)], { shards: 3 })).toMatch(
    /shards is 3, but 1 shard URLs are given/,
  );
});

test('a server that goes away is reported', async () => {
  const [url] = shardUrls([urlOf(0)], {});
  const door = await doorTo(present(url, 'url'));
  const fleet = await urlsFleet([door.url]).start({ ...request, shards: 1 }, signal);
  door.close();
  await expect(fleet.failure).rejects.toThrow(/^shard 0 is gone: /);
  await expect(fleet.stop()).rejects.toThrow(/SHARD: the schema shardlab_\w+ is still there: /);
  const [left] = await schemas(0);
  await ask(0, `drop schema ${left}`, 'app');
});

/** A forwarded port that can be shut. */
async function doorTo(url: ShardUrl) {
  const { connect } = await import('node:net');
  const open = new Set<{ destroy(): unknown }>();
  const server = createServer((inner) => {
    const outer = connect(url.port, url.host);
    for (const each of [inner, outer]) {
      open.add(each);
      each.on('error', () => undefined);
    }
    inner.pipe(outer).pipe(inner);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): void => {
    server.close();
    for (const each of open) each.destroy();
  };
  const { port } = server.address() as AddressInfo;
  return { url: { ...url, port, where: 'SHARD' }, close };
}
