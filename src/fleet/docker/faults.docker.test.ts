import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Fault, Heal, RunningFleet } from '../types.ts';
import { ask, engineForTests, options, request } from './engine-fixture.ts';
import { dockerFleet } from './fleet.ts';

const found = await engineForTests();
const why = 'missing' in found ? `, needs Docker: ${found.missing}` : '';
const count = 'select count(*) from generate_series(1, 300000)';

describe.skipIf('missing' in found)(`faults on purpose${why}`, () => {
  let fleet: RunningFleet;
  let failed = false;

  beforeAll(async () => {
    const quota = { cpu: 0.6, memoryBytes: 256 * 2 ** 20 };
    const { signal } = new AbortController();
    fleet = await dockerFleet(options).start({ ...request, shards: 2, quota }, signal);
    fleet.failure.catch(() => {
      failed = true;
    });
  });

  afterAll(() => fleet.stop());

  const inject = (fault: Fault): Promise<Heal> => present(fleet.inject?.(0, fault), 'inject');

  test.each<Fault['kind'] & ('stop' | 'kill' | 'pause' | 'disconnect')>([
    'stop',
    'kill',
    'pause',
    'disconnect',
  ])('%s: the shard is lost, its neighbour is not, and it can be mended', async (kind) => {
    const heal = await inject({ kind });
    await expect(ask(fleet.shards[0], 'select 1')).rejects.toThrow(/./);
    expect(await ask(fleet.shards[1], 'select 1')).toBe('1');
    await heal();
    expect(await ask(fleet.shards[0], 'select 1')).toBe('1');
    expect(failed).toBe(false);
  });

  test('cpu: the shard gets slower and recovers', async () => {
    const take = async (): Promise<number> => {
      const startedAt = performance.now();
      await ask(fleet.shards[0], count);
      return performance.now() - startedAt;
    };
    const heal = await inject({ kind: 'cpu', cores: 0.1 });
    const slow = await take();
    await heal();
    expect(slow).toBeGreaterThan(2 * (await take()));
  });

  test('a shard that fails by itself after it was mended is still noticed', async () => {
    const heal = await inject({ kind: 'kill' });
    await heal();
    await ask(fleet.shards[0], "copy (select 1) to program 'kill -QUIT 1'").catch(() => undefined);
    await expect(fleet.failure).rejects.toThrow(/shard 0 stopped during the run/);
  });
});
