import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../base/user-error.ts';
import { freePort } from '../../fleet/docker/port.ts';
import { databaseUrl } from './open-connection.ts';
import { openPostgres } from './open-postgres.ts';
import { PostgresSession } from './read-only-session.ts';
import { TestServer } from './test-server-fixture.ts';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ log_connections: 'on', log_statement: 'all' });
  await server.ask('create table t (id int); insert into t values (1)');
});

afterAll(() => server.stop());

const never = new AbortController().signal;
const open = (signal = never, url = server.url()): Promise<PostgresSession> =>
  PostgresSession.open(databaseUrl(url, {}), signal);

const backends = async (): Promise<number> => {
  const [row] = await server.ask(
    "select count(*)::int from pg_stat_activity where query ~ 'shardlab profile'" +
      ' and pid <> pg_backend_pid()',
  );
  return Number(row?.[0]);
};

test('a sample is one transaction that only reads; int8 and numeric are texts', async () => {
  const session = await open();
  const [row] = await session.sample((query) =>
    query('select $1::int8 + 1 as big, 1.50::numeric as price, count(*) from public.t', ['5']),
  );
  expect(row).toEqual({ big: '6', price: '1.50', count: '1' });
  const write = session.sample((query) => query('insert into public.t values (2)'));
  await expect(write).rejects.toMatchObject({ code: '25006' });
  expect(await session.sample((query) => query('select 1 as one'))).toEqual([{ one: 1 }]);
  await session.close();
  await expect(session.sample((query) => query('select 1'))).rejects.toThrow('closed');
});

test('samples at the same time run one after another, and have their time-outs', async () => {
  const session = await open();
  const pids = await Promise.all(
    [1, 2, 3].map(() =>
      session.sample(async (query) => {
        const [row] = await query(
          `select pg_current_xact_id_if_assigned() is null as "reads",
             current_setting('statement_timeout') as statement,
             current_setting('lock_timeout') as lock, now()::text as began`,
        );
        return row;
      }),
    ),
  );
  expect(new Set(pids.map((row) => row?.['began'])).size).toBe(3);
  expect(pids[0]).toMatchObject({ reads: true, statement: '50s', lock: '2s' });
  await session.close();
});

test('functions that somebody has made do not stand in for those of the system', async () => {
  await server.ask(
    `create function public.pg_get_expr(text) returns text language sql as $$ select 'mine' $$;
     create function public.lower(int) returns text language sql as $$ select 'mine' $$`,
  );
  const session = await open();
  const call = session.sample((query) => query('select lower(5)'));
  await expect(call).rejects.toMatchObject({ code: '42883' });
  await session.close();
});

test('a lost connection is opened again for the next sample', async () => {
  const session = await open();
  const kill = session.sample((query) => query('select pg_terminate_backend(pg_backend_pid())'));
  await expect(kill).rejects.toThrow(/was lost: terminating connection/);
  expect(await session.sample((query) => query('select 2 as two'))).toEqual([{ two: 2 }]);
  await session.close();
});

test('one that the server ended while this program computed is opened again', async () => {
  await server.ask("alter role current_user set idle_session_timeout = '50ms'");
  const session = await open();
  await server.ask('alter role current_user reset idle_session_timeout');
  await session.sample((query) => query('select 1'));
  // The message of the server is read with the answer to the next statement.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  expect(await session.sample((query) => query('select 2 as two'))).toEqual([{ two: 2 }]);
  await session.close();
});

test('a connection that is cut is told as such, and opened again', async () => {
  const sockets: Socket[] = [];
  const relay = createServer((socket) => {
    const onward = connect(server.port, '127.0.0.1');
    sockets.push(socket, onward);
    socket.on('error', () => undefined).pipe(onward);
    onward.on('error', () => undefined).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as { port: number };
  const session = await open(never, server.url({ port }));
  const sleeping = session.sample((query) => query('select pg_sleep(1)'));
  sleeping.catch(() => undefined);
  await sleep(100);
  for (const socket of sockets) socket.destroy();
  await expect(sleeping).rejects.toBeInstanceOf(UserError);
  await expect(sleeping).rejects.toThrow(/^the connection to postgres:\/\/127\.\S+ was lost/);
  expect(await session.sample((query) => query('select 2 as two'))).toEqual([{ two: 2 }]);
  await session.close();
  relay.close();
  // The backend notices that nobody listens when it has slept.
  while ((await backends()) > 0) await sleep(20);
});

test('no startup parameter but user, database and encoding is sent', async () => {
  process.env['PGOPTIONS'] = '-c work_mem=64kB';
  process.env['PGAPPNAME'] = 'mine';
  const session = await open();
  const [row] = await session.sample((query) =>
    query(
      `select current_setting('work_mem') as memory, current_setting('application_name') as name`,
    ),
  );
  expect(row).toEqual({ memory: '4MB', name: '' });
  await session.close();
  delete process.env['PGOPTIONS'];
  delete process.env['PGAPPNAME'];
});

test.each([
  [
    'while a statement runs',
    (session: PostgresSession) => session.sample((query) => query('select pg_sleep(30)')),
  ],
  [
    'between two statements',
    (session: PostgresSession) =>
      session.sample(async (query) => {
        await query('select 1');
        await sleep(500);
        await query('select 2');
      }),
  ],
])('the signal ends it %s: the backend is gone within a second', async (_, work) => {
  const stop = new AbortController();
  const session = await open(stop.signal);
  const running = work(session).then(
    () => 'done',
    (error: unknown) => error,
  );
  await sleep(200);
  expect(await backends()).toBe(1);
  const aborted = performance.now();
  stop.abort(new Error('interrupted'));
  while ((await backends()) > 0 && performance.now() < aborted + 5_000) await sleep(10);
  expect(performance.now() - aborted).toBeLessThan(1_000);
  expect(await running).toMatchObject({ message: 'interrupted' });
  await expect(session.sample((query) => query('select 1'))).rejects.toThrow('interrupted');
});

test('the signal ends a connection that nobody answers', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const stop = new AbortController();
  const opening = open(stop.signal, server.url({ port }));
  setTimeout(() => stop.abort(new Error('interrupted')), 100);
  const started = performance.now();
  await expect(opening).rejects.toThrow('interrupted');
  expect(performance.now() - started).toBeLessThan(1_000);
  for (const socket of sockets) socket.destroy();
  silent.close();
});

async function refusal(url: string): Promise<UserError> {
  const options = { watchMs: null, signal: never, report: () => undefined };
  const error = await openPostgres(url, options).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(`${(error as UserError).message} ${(error as UserError).hint}`).not.toContain('secret');
  return error as UserError;
}

test('what cannot be reached is said in one sentence, without the password', async () => {
  const wrong = server.url().replace(/secret/, 'secretx');
  expect(await refusal(wrong)).toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(
      /^postgres:\/\/127\.0\.0\.1:\d+\/postgres cannot be read: the password is wrong/,
    ),
  });
  expect(await refusal(server.url({ database: 'nowhere' }))).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('the database does not exist'),
  });
  expect(await refusal(server.url({ port: await freePort(true) }))).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('no server listens at this address'),
  });
});

test.each([
  ['not a URL, secret', 'not a connection URL'],
  ['mysql://u:secret@h/d', 'not a connection URL'],
  ['postgres://u:12?secret@h/d', 'it has no user'],
  ['postgres://u:secret@h', 'it has no database'],
  ['postgres://u:secret%zz@h/d', 'the password has a %'],
  ['postgres://u:secret@h/d?wrong=1', 'unknown option "wrong"'],
])('%s: exit 2', async (url, message) => {
  const error = await refusal(url);
  expect(error.exitCode).toBe(2);
  expect(error.message).toMatch(/^the URL of the database: /);
  expect(error.message).toContain(message);
});

const missing = spawnSync('pgbouncer', ['--version']).error !== undefined;

test.skipIf(missing)('through pgbouncer in transaction mode (needs pgbouncer)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-pooler-'));
  chmodSync(folder, 0o755);
  const port = await freePort(true);
  writeFileSync(join(folder, 'users'), `"shardlab" "${server.password}"\n`);
  // Two of its clients take turns on one connection of the server.
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]\npostgres = host=127.0.0.1 port=${server.port} pool_size=1\n[pgbouncer]\n` +
      `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\n` +
      `auth_file = ${join(folder, 'users')}\npool_mode = transaction\n`,
  );
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const pooler = spawn('pgbouncer', [join(folder, 'pgbouncer.ini')], {
    ...nobody,
    stdio: 'ignore',
  });
  try {
    const url = server.url({ port });
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const answers = await open(never, url).then(
        (session) => session.close(),
        () => 'no',
      );
      if (answers !== 'no') break;
      await sleep(50);
    }
    const stop = new AbortController();
    const options = { watchMs: 100, signal: stop.signal, report: () => undefined };
    const [one, other] = await Promise.all([
      openPostgres(url, options),
      openPostgres(url, options),
    ]);
    expect(one.schema.tables.map(({ name }) => name)).toEqual(['t']);
    const [left] = await other.session.sample((query) =>
      query(`select current_setting('statement_timeout') as inside`),
    );
    expect(left).toEqual({ inside: '50s' });
    const running = one.session.sample((query) => query('select pg_sleep(30)'));
    running.catch(() => undefined);
    await sleep(200);
    const aborted = performance.now();
    stop.abort(new Error('interrupted'));
    await expect(running).rejects.toThrow('interrupted');
    const sleeping =
      "select count(*)::int from pg_stat_activity where query ~ 'pg_slee[p]' " +
      "and state = 'active'";
    while (Number((await server.ask(sleeping))[0]?.[0]) > 0) await sleep(10);
    expect(performance.now() - aborted).toBeLessThan(1_000);
  } finally {
    pooler.kill();
    if (pooler.exitCode === null) await once(pooler, 'exit');
    rmSync(folder, { recursive: true });
  }
});
