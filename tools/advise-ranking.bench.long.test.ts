import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silent } from '../src/study/capacity/simulated-search-fixture.ts';
import { simulateCapacity } from '../src/study/capacity/simulate-capacity.ts';
import { resumed, type Search } from './advise-ranking-rounds.ts';
import { agrees, benchRanking, full, summaryLines } from './advise-ranking.bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'advise-ranking-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scenario = {
  name: 'virtual',
  seed: 7,
  rate: '1000/s',
  duration: '4s',
  tenants: { zipf: 0.6, count: 400 },
  data: { total: '1MB' },
  topology: { shards: 4 },
  strategies: [
    { key: 'tenant_id', router: 'jump' },
    { key: 'order_id', router: 'jump' },
  ],
  simulation: { service: { exponential: '2ms' } },
  capacity: { instance: '500/s' },
  growth: { now: { load: '1500/s', bytes: '50GB' } },
};

test('in virtual time ranks agree; a second run takes what is there and searches nothing', async () => {
  const path = join(folder, 's.yaml');
  writeFileSync(path, JSON.stringify(scenario));
  const size = { ...full, best: 1, otherKeys: 2, draws: 40, rounds: 1, stepsMax: 16 };
  const { signal } = new AbortController();
  const searched: string[] = [];
  const said: string[] = [];
  const search: Search = (options) => {
    searched.push(...options.loaded.scenario.strategies.map(({ name }) => name));
    return simulateCapacity(options);
  };
  const run = () => {
    const kept = resumed(search, join(folder, 'work'), (line) => said.push(line));
    return benchRanking({ path, size, fleet: 'embedded', search: kept, progress: silent, signal });
  };
  const first = await run();
  expect(first.holds, summaryLines('virtual', first).join('\n')).toBe(true);
  expect(searched).toHaveLength(3);
  const again = await run();
  expect(again).toEqual(first);
  expect(searched).toHaveLength(3);
  expect(said).toEqual(['round 1: 3 of 3 are there already']);
}, 120_000);

test('ranks agree where tau is enough, or where all that differ overlap', () => {
  const pair = (order: 'same' | 'opposite', toldApart: boolean) => {
    const names = { first: 'a', second: 'b' };
    return {
      ...names,
      order,
      toldApart,
      predictedRatio: 2,
      measuredRatio: 2,
      predictedAlike: false,
    };
  };
  expect(agrees({ kendallTau: 0.2, pairs: [pair('opposite', false)] })).toBe(true);
  expect(agrees({ kendallTau: 0.2, pairs: [pair('opposite', true)] })).toBe(false);
  expect(agrees({ kendallTau: 0.8, pairs: [pair('opposite', true)] })).toBe(true);
  expect(agrees({ kendallTau: null, pairs: [] })).toBe(false);
});
