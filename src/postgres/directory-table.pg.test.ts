import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { encodeCompositeKey } from '../base/composite-keys.ts';
import { packKeys, type KeyType, type PackedKeys } from '../base/keys.ts';
import { present } from '../base/assert.ts';
import type { RunningFleet } from '../fleet/types.ts';
import { systemClock } from '../host/system-clock.ts';
import { CachedRoutes } from '../directory/cached-routes.ts';
import { LookupTarget } from '../directory/lookup-target.ts';
import { Lookups } from '../directory/lookups.ts';
import { targetContract } from '../traffic/target.suite.ts';
import { outcomes } from '../metrics/outcome.ts';
import { buildRouter } from '../router/build-router.ts';
import type { KnownKeys } from '../router/contract.ts';
import { startShards } from '../testing/embedded-shards.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { createSchema, recreateDatabase, withClient } from './database.ts';
import {
  copyRows,
  countRows,
  createDirectory,
  directoryTable,
  DirectoryTable,
} from './directory-table.ts';
import { PostgresTarget } from './target.ts';
import { measurePhase } from '../workload/phases.ts';

const scenario = tinyScenario();
const workload = buildWorkload(scenario, null);
const keyName = 'tenant_id';
const known = knownKeys(workload, keyName);
const topology = { shardCount: 2, weights: [1, 1] };
const spec = { router: 'directory', parameter: null, hash: null, salt: '' };
const router = buildRouter(spec, topology, 'text', known);
const read = 1;

let fleet: RunningFleet;
let maintenance: ShardAddress;
let addresses: readonly [ShardAddress, ShardAddress];

beforeAll(async () => {
  const started = await startShards(2);
  ({ fleet } = started);
  maintenance = present(started.servers[0], 'server');
  const made = await Promise.all(started.servers.map((each) => recreateDatabase(each, 'rows')));
  addresses = [present(made[0], 'shard 0'), present(made[1], 'shard 1')];
  await createSchema(addresses, scenario.schema);
});
afterAll(() => fleet.stop());

async function settle(done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += 2) {
    if (waited > 10_000) throw new Error('nothing settled within 10 s');
    await sleep(2);
  }
}

async function openTable(keys: KnownKeys, place = router): Promise<DirectoryTable> {
  const { address } = await createDirectory(maintenance, addresses[0], keys, place);
  const options = { keyType: keys.type, connections: 4, statementTimeoutMs: 10_000 };
  const table = new DirectoryTable(address, options);
  onTestFinished(() => table.close());
  await table.warmUp();
  return table;
}

const lookUp = (table: DirectoryTable, key: Uint8Array) =>
  new Promise<{ shard: number | null; code: string }>((resolve) => {
    table.lookUp(key, (shard, code) => resolve({ shard, code }));
  });

const inDirectory = (sql: string) =>
  withClient({ ...maintenance, database: directoryTable }, async (client) => {
    const { rows } = await client.query<Record<string, string>>(sql);
    return rows;
  });

const weighted = (keys: PackedKeys): KnownKeys => ({
  ...keys,
  rows: new Uint32Array(keys.count).fill(1),
  weights: new Float64Array(keys.count).fill(1 / keys.count),
});

const uuid = (i: number): string => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const texts: Readonly<Record<KeyType, readonly string[]>> = {
  text: ['', 'acme', 'Zoë', '汉字', "o'; drop table x; --", '\\x41', 'tab\tline\n'],
  int8: ['0', '-1', '9007199254740993', '9223372036854775807', '-9223372036854775808'],
  uuid: [uuid(1), uuid(2), 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
};

describe.each(['text', 'int8', 'uuid'] as const)('keys of type %s', (type) => {
  test('have the shard that the router gave them, and others have none', async () => {
    const keys = weighted(packKeys(type, texts[type]));
    const placed = buildRouter(spec, topology, type, keys);
    const table = await openTable(keys, placed);
    for (let i = 0; i < keys.count; i += 1) {
      const key = keys.bytes.slice(keys.offsets[i], keys.offsets[i + 1]);
      const shard = placed.route(key, 0, key.length);
      expect(await lookUp(table, key)).toEqual({ shard, code: '' });
      await table.move(key, 7);
      expect(await lookUp(table, key)).toEqual({ shard: 7, code: '' });
    }
    const stranger = packKeys(type, [type === 'text' ? 'nobody' : type === 'int8' ? '4' : uuid(4)]);
    expect(await lookUp(table, stranger.bytes)).toEqual({ shard: null, code: '' });
  });
});

test('keys of several columns are looked up by their canonical bytes', async () => {
  const key = encodeCompositeKey([
    { type: 'int8', text: '-5' },
    { type: 'text', text: null },
    { type: 'text', text: 'ü\\' },
  ]);
  const offsets = Uint32Array.from([0, key.length]);
  const keys = weighted({ type: 'composite', count: 1, bytes: key, offsets });
  const table = await openTable(keys, { shardCount: 2, route: () => 1 });
  expect(await lookUp(table, key)).toEqual({ shard: 1, code: '' });
  expect(await lookUp(table, key.slice(0, -1))).toEqual({ shard: null, code: '' });
});

test('a failed look-up has a code, and lost connections are opened again', async () => {
  const table = await openTable(known);
  const key = known.bytes.slice(0, known.offsets[1]);
  await inDirectory(`alter table ${directoryTable} rename to elsewhere`);
  expect(await lookUp(table, key)).toEqual({ shard: null, code: '42P01' });
  await inDirectory(`alter table elsewhere rename to ${directoryTable}`);
  await inDirectory(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${directoryTable}' and pid <> pg_backend_pid()`,
  );
  await sleep(200);
  for (let i = 0; i < 5; i += 1) expect((await lookUp(table, key)).code).toBe('');
});

test('rows are copied, not moved', async () => {
  await withClient(addresses[0], (client) =>
    client.query(
      "insert into events select case when i <= 3 then 'o''x' else 'other' end, i, 'a\tb' " +
        'from generate_series(1, 5) i',
    ),
  );
  const rows = { table: 'events', column: keyName, value: "o'x" };
  await copyRows(addresses[0], addresses[1], rows);
  expect(await Promise.all(addresses.map((each) => countRows(each, rows)))).toEqual([3, 3]);
  const others = { ...rows, value: 'other' };
  expect(await Promise.all(addresses.map((each) => countRows(each, others)))).toEqual([2, 0]);
});

async function openGate() {
  const table = await openTable(known);
  const target = new PostgresTarget(workload, addresses, {
    connectionsPerShard: 4,
    statementTimeoutMs: 10_000,
  });
  await target.warmUp();
  const clock = systemClock();
  const lookups = new Lookups(table, clock, known.count, 64);
  const gate = new LookupTarget(target, lookups, clock, { workload, keyName, router });
  const routes: CachedRoutes = new CachedRoutes({
    workload,
    keyName,
    router,
    maxKeyBytes: 64,
    keysMax: known.count,
    cacheSize: 10,
    ttlNs: 1e15,
    move: null,
    clock,
    lookUp: (bytes, start, end) =>
      lookups.begin(
        bytes,
        start,
        end,
        (key, shard) => routes.answer(key, 0, key.length, shard ?? 0),
        (key) => routes.forget(key, 0, key.length),
      ),
    beginMove: () => undefined,
  });
  routes.enter(measurePhase(workload, workload.rows.count));
  const shards = new Int32Array(2);
  const masks = new Int32Array(2);
  const ended: { ticket: number; outcome: number; code: string }[] = [];
  gate.onComplete((ticket, outcome, code) => ended.push({ ticket, outcome, code }));
  const send = (ticket: number, tenant: number): number => {
    routes.route(read, tenant, workload.rows.starts[tenant] ?? 0, shards, masks);
    gate.execute(ticket, shards[0] ?? 0, read, 1, tenant, workload.rows.starts[tenant] ?? 0);
    return shards[0] ?? 0;
  };
  return { target, lookups, gate, routes, ended, send };
}

describe('the contract of targets', () => {
  targetContract(async () => {
    const target = new PostgresTarget(workload, addresses, {
      connectionsPerShard: 2,
      statementTimeoutMs: 10_000,
    });
    await target.warmUp();
    const { address } = await createDirectory(maintenance, addresses[0], known, router);
    const table = new DirectoryTable(address, {
      keyType: 'text',
      connections: 2,
      statementTimeoutMs: 10_000,
    });
    const clock = systemClock();
    const lookups = new Lookups(table, clock, known.count, 64);
    const key = known.bytes.slice(known.offsets[1], known.offsets[2]);
    const begin = (): void =>
      lookups.begin(
        key,
        0,
        key.length,
        () => undefined,
        () => undefined,
      );
    begin();
    return {
      target: new LookupTarget(target, lookups, clock, { workload, keyName, router }),
      good: () => ({ operation: read, tenant: 1, row: workload.rows.starts[1] ?? 0 }),
      bad: null,
      slow: null,
      async settle(done: () => boolean) {
        await settle(done);
        // The next query finds its key being looked up.
        begin();
      },
      async close() {
        await target.close();
        await table.close();
      },
    };
  });
});

test('one look-up for all that ask for a key at once; others and hits go through', async () => {
  const { target, lookups, gate, ended, send, routes } = await openGate();
  onTestFinished(() => target.close());
  send(1, 3);
  await settle(() => ended.length === 1);
  const blocker = { ...maintenance, database: directoryTable };
  await withClient(blocker, async (client) => {
    await client.query(`begin; lock table ${directoryTable} in access exclusive mode`);
    lookups.reset();
    ended.length = 0;
    for (const ticket of [2, 4, 6]) send(ticket, 5);
    send(3, 3);
    await settle(() => ended.length === 1);
    await sleep(50);
    expect(ended).toEqual([{ ticket: 3, outcome: outcomes.ok, code: '' }]);
    expect(lookups.queries).toBe(1);
    // One of those that wait is given up: it ends although the directory does not answer.
    gate.abandon(4);
    await settle(() => ended.length === 2);
    expect(ended[1]).toEqual({ ticket: 4, outcome: outcomes.failed, code: 'abandoned' });
    await client.query('commit');
  });
  await settle(() => ended.length === 4);
  expect(ended.map(({ ticket }) => ticket).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 6]);
  expect(gate.waitedNs).toBeGreaterThan(2 * 50e6);
  expect(lookups.latency.maxNs).toBeGreaterThan(50e6);
  expect(routes.counts).toMatchObject({ misses: 2, hits: 3, waited: 2 });
});

test('what the cache learns is what the table says', async () => {
  const { target, ended, send, routes } = await openGate();
  onTestFinished(() => target.close());
  const id = present(workload.tenants.ids[4], 'tenant');
  const right = send(1, 4);
  await settle(() => ended.length === 1);
  expect(send(2, 4)).toBe(right);
  // Somebody else moves another tenant: the query that asks goes where it was, the next as told.
  const moved = present(workload.tenants.ids[6], 'tenant');
  await inDirectory(
    `update ${directoryTable} set shard = 1 - shard where key in ('${moved}', '${id}')`,
  );
  const before = send(3, 6);
  await settle(() => ended.length === 3);
  expect(send(4, 6)).toBe(1 - before);
  expect(send(5, 4)).toBe(right);
  await settle(() => ended.length === 5);
  expect(ended.every(({ outcome }) => outcome === outcomes.ok)).toBe(true);
  // The plan was not told of this move, so what the table says counts as stale.
  expect(routes.counts.stale).toBe(1);
});
