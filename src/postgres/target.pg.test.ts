import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { RunningFleet } from '../fleet/types.ts';
import { createOutbox, type Outbox, sendFrame } from '../traffic/outbox.ts';
import { targetContract } from '../traffic/target.suite.ts';
import { outcomes } from '../metrics/outcome.ts';
import type { Operation, Statement } from '../scenario/types.ts';
import { startShards } from '../testing/embedded-shards.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { createSchema, recreateDatabase, withClient } from './database.ts';
import { PostgresTarget } from './target.ts';

const statement = (text: string, parameters: readonly string[] = []): Statement => ({
  sql: text,
  text,
  parameters: parameters.map((column) => ({ column, form: 'value', other: false })),
  binds: [],
  insert: false,
});
const operation = (name: string, ...statements: Statement[]): Operation => ({
  name,
  kind: 'write',
  weight: 1,
  statements,
});
const insert = statement('insert into events values ($1, $2, $3)', [
  'tenant_id',
  'event_id',
  'note',
]);

const scenario = tinyScenario({
  operations: [
    operation('read', statement('select * from events where tenant_id = $1', ['tenant_id'])),
    operation('fail', statement('select 1 / (length($1) - length($1))', ['tenant_id'])),
    operation('sleep', statement('select pg_sleep(30)')),
    operation('insert', insert),
    { ...operation('undo', insert), rollsBack: true },
    operation('both', insert, statement('select 1 / (length($1) - length($1))', ['tenant_id'])),
  ],
});
const workload = buildWorkload(scenario, null);

let fleet: RunningFleet;
let addresses: ShardAddress[];

async function settle(done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += 5) {
    if (waited > 10_000) throw new Error('nothing settled within 10 s');
    await sleep(5);
  }
}

beforeAll(async () => {
  const started = await startShards(2);
  ({ fleet } = started);
  addresses = await Promise.all(started.servers.map((each) => recreateDatabase(each, 'target')));
  await createSchema(addresses, scenario.schema);
});
afterAll(() => fleet.stop());

async function openTarget(statementTimeoutMs = 60_000, outbox?: Outbox): Promise<PostgresTarget> {
  const target = new PostgresTarget(workload, addresses, {
    connectionsPerShard: 2,
    statementTimeoutMs,
    ...(outbox && { outbox }),
  });
  await target.warmUp();
  return target;
}

describe('the contract of targets', () => {
  targetContract(async () => {
    const target = await openTarget();
    return {
      target,
      good: () => ({ operation: 0, tenant: 1, row: 1 }),
      bad: { operation: 1, tenant: 1, row: 1 },
      slow: { operation: 2, tenant: 1, row: 1 },
      settle,
      close: () => target.close(),
    };
  });
});

interface Ended {
  readonly outcome: number;
  readonly code: string;
}

async function runOne(target: PostgresTarget, index: number, mask: number, row: number) {
  let ended: Ended | null = null;
  target.onComplete((_ticket, outcome, code) => {
    ended = { outcome, code };
  });
  target.execute(1, 0, index, mask, 3, row);
  await settle(() => ended !== null);
  return ended as unknown as Ended;
}

const count = (): Promise<number> =>
  withClient(addresses[0] as ShardAddress, async (client) => {
    const { rows } = await client.query<{ n: string }>('select count(*) as n from events');
    return Number(rows[0]?.n);
  });

test('an insert arrives with the values of its arrival', async () => {
  const target = await openTarget();
  expect(await runOne(target, 3, 1, 1_000_001)).toEqual({ outcome: outcomes.ok, code: '' });
  const stored = await withClient(addresses[0] as ShardAddress, async (client) => {
    const { rows } = await client.query('select tenant_id, length(note) as length from events');
    return rows;
  });
  expect(stored).toEqual([{ tenant_id: workload.tenants.ids[3], length: 32 }]);
  await target.close();
});

test('the statements of an operation are one transaction: an error undoes them all', async () => {
  const target = await openTarget();
  const before = await count();
  expect((await runOne(target, 5, 3, 1_000_002)).code).toBe('22012');
  expect(await count()).toBe(before);
  // Only the statements in the mask run on this shard.
  expect((await runOne(target, 5, 1, 1_000_002)).code).toBe('');
  expect(await count()).toBe(before + 1);
  await target.close();
});

test('a ROLLBACK of the operation itself undoes it and is a success', async () => {
  const target = await openTarget();
  const before = await count();
  expect(await runOne(target, 4, 1, 1_000_004)).toEqual({ outcome: outcomes.ok, code: '' });
  expect(await count()).toBe(before);
  // What follows on the connection is committed again.
  await runOne(target, 3, 1, 1_000_004);
  expect(await count()).toBe(before + 1);
  await target.close();
});

test('rows that a query returns or changes are told, those of an error are not', async () => {
  const target = await openTarget();
  const seen: unknown[] = [];
  target.onComplete((_ticket, _outcome, code, _message, rows) => {
    seen.push(code === '' ? { ...rows } : code);
  });
  const run = async (index: number, row: number): Promise<void> => {
    const before = seen.length;
    target.execute(1, 0, index, index === 5 ? 3 : 1, 3, row);
    await settle(() => seen.length > before);
  };
  for (const index of [3, 5, 0, 4]) await run(index, 1_000_005 + index);
  const { returned } = seen[2] as { returned: number };
  expect(returned).toBe(await count());
  expect(seen).toEqual([
    { returned: 0, affected: 1 },
    '22012',
    { returned, affected: 0 },
    { returned: 0, affected: 1 },
  ]);
  await target.close();
});

test('a duplicate key fails with its SQLSTATE', async () => {
  const target = await openTarget();
  await runOne(target, 3, 1, 1_000_003);
  expect(await runOne(target, 3, 1, 1_000_003)).toEqual({
    outcome: outcomes.failed,
    code: '23505',
  });
  await target.close();
});

test('the server ends what takes too long, which counts as timed out', async () => {
  // What warms it up has to fit into that too.
  const target = await openTarget(1_000);
  expect(await runOne(target, 2, 1, 1)).toEqual({ outcome: outcomes.timedOut, code: '57014' });
  await target.close();
});

test('a lost connection fails its query and is opened again by the next', async () => {
  const target = await openTarget();
  const first = runOne(target, 2, 1, 1);
  await sleep(200);
  await withClient(addresses[0] as ShardAddress, (client) =>
    client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`,
    ),
  );
  expect((await first).outcome).toBe(outcomes.failed);
  for (let turn = 0; turn < 4; turn++) {
    expect(await runOne(target, 0, 1, 1)).toEqual({ outcome: outcomes.ok, code: '' });
  }
  await target.close();
});

describe('staged queries', () => {
  const outbox = createOutbox(4);
  const open: PostgresTarget[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((target) => target.close()));
  });

  async function staging() {
    const target = await openTarget(60_000, outbox);
    open.push(target);
    const ended: { ticket: number; outcome: number }[] = [];
    target.onComplete((ticket, outcome) => ended.push({ ticket, outcome }));
    return { target, ended, ...present(target.staging, 'staging') };
  }

  const terminateIdle = (): Promise<unknown> =>
    withClient(addresses[0] as ShardAddress, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = 'target' and pid <> pg_backend_pid() and backend_type = 'client backend'`,
      ),
    );

  test('are sent by whoever writes their frame, and complete like all others', async () => {
    const { ended, stage } = await staging();
    const before = await count();
    const place = stage(7, 0, 3, 1, 3, 2_000_001);
    expect(place).toBeGreaterThanOrEqual(0);
    await sleep(50);
    expect([ended.length, await count()]).toEqual([0, before]);
    expect(sendFrame(outbox, place, writeSync)).toBe(true);
    await settle(() => ended.length === 1);
    expect(ended).toEqual([{ ticket: 7, outcome: outcomes.ok }]);
    expect(await count()).toBe(before + 1);
  });

  test('can be given up: the connection is idle again and nothing was run', async () => {
    const { target, ended, stage, unstage } = await staging();
    const before = await count();
    unstage(stage(7, 0, 3, 1, 3, 2_000_002));
    for (const ticket of [8, 9]) target.execute(ticket, 0, 0, 1, 3, 1);
    await settle(() => ended.length === 2);
    expect(await count()).toBe(before);
  });

  test('survive the loss of their connection before they are due', async () => {
    const { ended, stage, sendStaged } = await staging();
    const before = await count();
    const place = stage(7, 0, 3, 1, 3, 2_000_003);
    await terminateIdle();
    await sleep(200);
    expect(ended).toEqual([]);
    expect(sendFrame(outbox, place, writeSync)).toBe(false);
    sendStaged(place);
    await settle(() => ended.length === 1);
    expect(ended).toEqual([{ ticket: 7, outcome: outcomes.ok }]);
    expect(await count()).toBe(before + 1);
  });

  test('fail once when their connection is lost after they were sent', async () => {
    const { target, ended, stage, sendStaged } = await staging();
    const place = stage(7, 0, 2, 1, 3, 1);
    expect(sendFrame(outbox, place, writeSync)).toBe(true);
    await sleep(100);
    await terminateIdle();
    await settle(() => ended.length === 1);
    expect(ended).toEqual([{ ticket: 7, outcome: outcomes.failed }]);
    // A report that it could not be sent comes too late then.
    sendStaged(place);
    target.execute(8, 0, 0, 1, 3, 1);
    await settle(() => ended.length === 2);
    expect(ended[1]).toEqual({ ticket: 8, outcome: outcomes.ok });
  });
});
