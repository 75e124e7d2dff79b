import { expect, test } from 'vitest';
import { constant, coresWaitRatio, queueSystems, scatterResponse } from './queues.suite.ts';
import { SharedCores } from './shared-cores.ts';

test('work begins on the core that became free last, or on the first that becomes free', () => {
  const cores = new SharedCores(2);
  const begin = (readyNs: number, workNs: number): number => {
    const startNs = cores.startNs(readyNs);
    cores.occupy(startNs + workNs);
    return startNs;
  };
  expect(begin(0, 10)).toBe(0);
  expect(begin(0, 30)).toBe(0);
  // Free again at 10 and at 30.
  expect(begin(5, 10)).toBe(10);
  expect(begin(40, 10)).toBe(40);
  // The one that was busy until 30 is at work until 50, the other one has been free since 20.
  expect(begin(41, 1)).toBe(41);
});

test('work that found no time does not keep its core', () => {
  const cores = new SharedCores(1);
  expect(cores.startNs(7)).toBe(7);
  expect(cores.startNs(3)).toBe(3);
});

// Shards with more servers than there are cores are one system with the cores as its servers.
test.each([0.5, 0.8])('four shards on two cores at %f wait as M/M/2 does', async (load) => {
  const system = queueSystems.find(({ name }) => name === 'M/M/2');
  if (system === undefined) throw new Error('no M/M/2');
  const run = { shards: 4, load, arrivals: 300_000, seed: 11 };
  const off = Math.abs((await coresWaitRatio(system, run)) - 1);
  expect(off).toBeLessThan(load > 0.6 ? 0.04 : 0.02);
});

test('what goes to four shards at once takes twice as long on two cores', async () => {
  const run = { shards: 4, load: 0.001, arrivals: 2000, seed: 11 };
  expect(await scatterResponse(run, constant)).toBeCloseTo(1, 1);
  expect(await scatterResponse({ ...run, cores: 2 }, constant)).toBeCloseTo(2, 1);
  expect(await scatterResponse({ ...run, cores: 1 }, constant)).toBeCloseTo(4, 1);
});
