import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { TestServer } from '../sources/postgres/test-server-fixture.ts';
import { addReader, temporaryFolder } from './profile-fixture.ts';
import { makeScratch, processesIn, start, type Started } from './shardlab-fixture.ts';

let server: TestServer;
let url: string;
const folder = makeScratch();
const environment = { TMPDIR: temporaryFolder(folder) };
const given = ['rows.csv', 'temporary'];
const rows = Array.from(
  { length: 1_200_000 },
  (_, id) => `${id},${(id * 7919) % 100_003},${'text'.repeat(30)}${id}\n`,
);
writeFileSync(join(folder, 'rows.csv'), `id,customer,note\n${rows.join('')}`);

beforeAll(async () => {
  server = await TestServer.start();
  await server.ask('create database slow');
  await server.ask(
    `create table tenants (id bigint primary key);
    create table orders (id bigint primary key, tenant_id bigint not null references tenants);
    insert into tenants select generate_series(1, 20);
    insert into orders select i, 1 + i % 20 from generate_series(1, 500) i; analyze`,
    'slow',
  );
  await addReader(server);
  url = server.url({ user: 'reader', database: 'slow' });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const backends = async (where = 'true'): Promise<number> => {
  const sql = `select count(*)::int from pg_stat_activity where usename = 'reader' and ${where}`;
  return Number((await server.ask(sql))[0]?.[0]);
};

async function until(what: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  while (!(await what())) {
    if (performance.now() > giveUpAt) throw new Error('it did not come to that');
    await sleep(20);
  }
}

/** How it ends after the signal, and what it leaves. */
async function stopped({ child, ended }: Started, signal: NodeJS.Signals) {
  const before = performance.now();
  process.kill(-present(child.pid, 'pid'), signal);
  const { code, stdout, stderr } = await ended;
  const ms = performance.now() - before;
  return {
    code,
    stdout,
    says: stderr.split('\n').at(-2),
    // The promise is a second; other tests run beside this one.
    inTime: ms < 2000,
    left: [
      ...readdirSync(folder).filter((name) => !given.includes(name)),
      ...readdirSync(environment.TMPDIR),
      ...processesIn(folder),
    ],
  };
}

const clean = {
  stdout: '',
  says: 'error: interrupted before anything was written',
  inTime: true,
  left: [],
};

const profiled = (...args: string[]): Started =>
  start(['profile', ...args, '--out', 'out.yaml'], { cwd: folder, environment });

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, code) => {
  test('while counters are watched', async () => {
    const started = profiled(url, '--watch', '60s');
    await until(async () => (await backends()) === 1);
    await sleep(700);
    expect(await stopped(started, signal)).toEqual({ ...clean, code });
    await until(async () => (await backends()) === 0);
  });

  test('while the database counts', async () => {
    const locking = new pg.Client({ connectionString: server.url({ database: 'slow' }) });
    await locking.connect();
    try {
      await locking.query('begin; lock table orders in access exclusive mode');
      const started = profiled(url, '--exact');
      await until(async () => (await backends("wait_event_type = 'Lock'")) === 1);
      expect(await stopped(started, signal)).toEqual({ ...clean, code });
      await until(async () => (await backends()) === 0);
    } finally {
      await locking.end();
    }
  });
});

test('while a file of rows is counted', async () => {
  const started = profiled('rows.csv', '--memory', '64MB');
  await until(async () => readdirSync(folder).length > given.length);
  await sleep(100);
  expect(await stopped(started, 'SIGINT')).toEqual({ ...clean, code: 130 });
});
