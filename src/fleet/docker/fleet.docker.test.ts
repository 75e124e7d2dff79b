import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { RunningFleet } from '../types.ts';
import { ask, engineForTests, options, ourThings, request } from './engine-fixture.ts';
import { dockerFleet } from './fleet.ts';
import { runLabel } from './labels.ts';
import { removeContainer } from './leftovers.ts';

const found = await engineForTests();
const why = 'missing' in found ? `, needs Docker: ${found.missing}` : '';
const signal = new AbortController().signal;
const quota = { cpu: 0.2, memoryBytes: 256 * 2 ** 20 };

describe.skipIf('missing' in found)(`docker fleet${why}`, () => {
  const engine = 'engine' in found ? found.engine : null;
  const { docker } = engine ?? {};
  let before: string[];
  let fleet: RunningFleet;
  let startMs: number;

  beforeAll(async () => {
    before = await ourThings(present(engine, 'engine'));
    const startedAt = performance.now();
    fleet = await dockerFleet(options).start({ ...request, shards: 3, quota }, signal);
    startMs = performance.now() - startedAt;
  });

  afterAll(async () => {
    await fleet.stop();
  });

  async function containerOf(shard: number) {
    const all = await present(docker, 'docker').listContainers({ filters: { label: [runLabel] } });
    const port = fleet.shards[shard]?.port;
    const one = all.find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port));
    return present(docker, 'docker').getContainer(present(one, 'container').Id);
  }

  test('every shard is a server of its own that answers on loopback', async () => {
    const started = await Promise.all(
      fleet.shards.map((shard) => ask(shard, 'select pg_postmaster_start_time() || $$ok$$')),
    );
    expect(new Set(started).size).toBe(3);
    expect(fleet.shards.map(({ host }) => host)).toEqual(Array(3).fill('127.0.0.1'));
    const { HostConfig } = await (await containerOf(0)).inspect();
    const bindings = Object.values((HostConfig.PortBindings ?? {}) as Record<string, object>);
    expect(bindings).toEqual([[{ HostIp: '127.0.0.1', HostPort: String(fleet.shards[0]?.port) }]]);
  });

  test('three shards are ready within 15 s, whatever else this machine does', () => {
    expect(startMs).toBeLessThan(15_000);
  });

  test('it runs with the settings of the embedded shards, as durable as asked', async () => {
    const read = (name: string): Promise<string> =>
      ask(fleet.shards[0], `select current_setting('${name}')`);
    expect(await read('fsync')).toBe('on');
    expect(await read('synchronous_commit')).toBe('on');
    expect(await read('max_wal_size')).toBe('8GB');
    expect(await read('max_connections')).toBe('10');
  });

  test('the password is drawn, and needed', async () => {
    const [shard] = fleet.shards;
    expect(shard?.password).toMatch(/^[\w-]{32}$/);
    const wrong = { ...present(shard, 'shard'), password: 'wrong' };
    await expect(ask(wrong, 'select 1')).rejects.toThrow(/password/);
    expect(fleet.description).not.toContain(shard?.password);
  });

  test('CPU and memory are limited, with a short period', async () => {
    const { HostConfig } = await (await containerOf(1)).inspect();
    expect(HostConfig.CpuPeriod).toBe(10_000);
    expect(HostConfig.CpuQuota).toBe(2000);
    expect(HostConfig.Memory).toBe(quota.memoryBytes);
  });

  test('a busy shard is throttled and its neighbour is not', async () => {
    const first = await fleet.throttling();
    await ask(fleet.shards[0], 'select count(*) from generate_series(1, 600000)');
    const second = await fleet.throttling();
    const [busy, idle] = [0, 1].map((shard) => {
      return (second[shard]?.throttled ?? 0) - (first[shard]?.throttled ?? 0);
    });
    expect(busy).toBeGreaterThan(5);
    expect(idle).toBeLessThanOrEqual(2);
  });

  test('its processes are its servers and what carries their traffic, nothing else', async () => {
    const pids = (await fleet.processes?.()) ?? [];
    const names = pids.map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
    expect(names.filter((name) => name !== 'docker-proxy')).toHaveLength(fleet.shards.length);
    // An engine may forward ports in the kernel instead.
    const proxies = names.filter((name) => name === 'docker-proxy');
    expect([0, fleet.shards.length]).toContain(proxies.length);
  });

  test('a shard can be added, within the limits of the machine', async () => {
    const added = present(fleet.add?.(signal), 'add');
    expect((await added).port).toBe(fleet.shards[3]?.port);
    expect(await ask(fleet.shards[3], 'select 1')).toBe('1');
    expect(await fleet.throttling()).toHaveLength(4);
  });

  test('after the end nothing is left', async () => {
    await fleet.stop();
    await fleet.stop();
    expect(await ourThings(present(engine, 'engine'))).toEqual(before);
  });
});

describe.skipIf('missing' in found)(`the end of a docker fleet${why}`, () => {
  const engine = 'engine' in found ? found.engine : null;

  test('a start that is interrupted at any moment leaves nothing', async () => {
    const before = await ourThings(present(engine, 'engine'));
    for (const afterMs of [0, 150, 700]) {
      const controller = new AbortController();
      const start = dockerFleet(options).start({ ...request, shards: 2 }, controller.signal);
      setTimeout(() => controller.abort(new Error('stop')), afterMs);
      await expect(start).rejects.toThrow('stop');
      expect(await ourThings(present(engine, 'engine'))).toEqual(before);
    }
  });

  test('a container that ends is reported with its log', async () => {
    const before = await ourThings(present(engine, 'engine'));
    const fleet = await dockerFleet(options).start(request, signal);
    await ask(fleet.shards[0], "copy (select 1) to program 'kill -QUIT 1'").catch(() => undefined);
    await expect(fleet.failure).rejects.toThrow(/shard 0 stopped during the run .*; its log: /);
    await fleet.stop();
    expect(await ourThings(present(engine, 'engine'))).toEqual(before);
  });

  test('in memory: no volume, and a note that fsync costs nothing', async () => {
    const before = await ourThings(present(engine, 'engine'));
    const fleet = await dockerFleet({ ...options, storage: 'tmpfs' }).start(request, signal);
    const now = await ourThings(present(engine, 'engine'));
    expect(now.length - before.length).toBe(1);
    expect(fleet.fileSystem).toBe('tmpfs');
    expect(fleet.notes.join()).toMatch(/tmpfs/);
    expect(await fleet.throttling()).toEqual([null]);
    await fleet.stop();
    expect(await ourThings(present(engine, 'engine'))).toEqual(before);
  });

  test('removing what is gone is no error', async () => {
    const { docker } = present(engine, 'engine');
    await expect(removeContainer(docker, 'f'.repeat(64))).resolves.toBeUndefined();
  });
});
