import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../base/user-error.ts';
import type { FleetRequest, RunningFleet } from '../types.ts';
import { embeddedFleet } from './fleet.ts';

const request: FleetRequest = {
  shards: 4,
  connectionsPerShard: 2,
  durability: { fsync: true, synchronousCommit: true },
  dataBytes: 1e6,
};

// Other tests have shards at the same time, so those of this one are kept apart; where root runs
// it, Postgres is run by nobody, who must pass through.
const temporary = mkdtempSync(join(tmpdir(), 'fleet-'));
chmodSync(temporary, 0o711);
process.env['TMPDIR'] = temporary;

const folders = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('shardlab-'));

let before: string[];
let fleet: RunningFleet;

beforeAll(async () => {
  before = folders();
  fleet = await embeddedFleet.start(request, new AbortController().signal);
});

afterAll(async () => {
  await fleet.stop();
  rmSync(temporary, { recursive: true });
});

async function ask(shard: number, text: string, changes: pg.ClientConfig = {}): Promise<string> {
  const connection = fleet.shards[shard];
  const client = new pg.Client({ ...connection, database: 'postgres', ...changes });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<string[]>({ text, rowMode: 'array' });
    return String(rows[0]?.[0]);
  } finally {
    await client.end();
  }
}

test('four shards answer, each a server of its own on loopback', async () => {
  const ids = await Promise.all(
    [0, 1, 2, 3].map((shard) =>
      ask(shard, 'select pg_postmaster_start_time() || current_setting($$port$$)'),
    ),
  );
  expect(new Set(ids).size).toBe(4);
  expect(await ask(0, "select current_setting('listen_addresses')")).toBe('127.0.0.1');
  expect(await ask(0, "select current_setting('fsync')")).toBe('on');
  expect(await ask(0, "select current_setting('synchronous_commit')")).toBe('on');
});

test('a password is needed, and the given one is the only one', async () => {
  await expect(ask(0, 'select 1', { password: 'wrong' })).rejects.toThrow(/password/);
  expect(fleet.shards[0]?.password).toMatch(/^[\w-]{32}$/);
});

test('the password stands in no file of the data directories', () => {
  const password = fleet.shards[0]?.password ?? 'none';
  const own = folders().filter((name) => !before.includes(name));
  expect(own).toHaveLength(1);
  for (const folder of own) {
    for (const entry of readdirSync(join(tmpdir(), folder), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      expect(readFileSync(path).includes(password), path).toBe(false);
    }
  }
});

test('more shards than memory holds are refused before anything is written', async () => {
  const known = folders();
  const start = embeddedFleet.start({ ...request, shards: 100_000 }, new AbortController().signal);
  await expect(start).rejects.toThrow(UserError);
  await expect(start).rejects.toThrow(/100000 shards need about .* at most \d+ shards fit here/);
  expect(folders()).toEqual(known);
});

test('more data than the disk holds is refused', async () => {
  const start = embeddedFleet.start({ ...request, dataBytes: 1e15 }, new AbortController().signal);
  await expect(start).rejects.toThrow(/free, 4 shards with this data need about/);
});

test('a start that is interrupted leaves nothing behind', async () => {
  const known = folders();
  const start = embeddedFleet.start(request, AbortSignal.abort(new Error('stop')));
  await expect(start).rejects.toThrow('stop');
  expect(folders()).toEqual(known);
});

test('a shard that stops by itself is reported with its log', async () => {
  const own = await embeddedFleet.start({ ...request, shards: 1 }, new AbortController().signal);
  const [shard] = own.shards;
  const client = new pg.Client({ ...shard, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    'select split_part(pg_read_file($$postmaster.pid$$), chr(10), 1)::int as pid',
  );
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
  await expect(own.failure).rejects.toThrow(/shard 0 stopped during the run/);
  await own.stop();
});

test('after stop no server answers and the folder is gone', async () => {
  const own = await embeddedFleet.start({ ...request, shards: 2 }, new AbortController().signal);
  const [first] = own.shards;
  const made = folders().filter((name) => !before.includes(name));
  await own.stop();
  await own.stop();
  const left = made.filter((name) => existsSync(join(tmpdir(), name)));
  expect(left).toHaveLength(made.length - 1);
  const client = new pg.Client({ ...first, database: 'postgres' });
  await expect(client.connect()).rejects.toThrow(/ECONNREFUSED|ENOENT/);
});
