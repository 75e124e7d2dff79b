import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { present } from '../src/base/assert.ts';
import { parseCapacityDocument } from '../src/result/capacity-document.ts';
import type { CapacityOptions } from '../src/study/capacity/measure-capacity.ts';
import {
  drawnTiny,
  silent,
  simulatedSearch,
} from '../src/study/capacity/simulated-search-fixture.ts';
import { resumed, type Search } from './advise-ranking-rounds.ts';

const folder = mkdtempSync(join(tmpdir(), 'ranking-rounds-'));
afterAll(() => rmSync(folder, { recursive: true }));

const strategies = ['jump', 'mod', 'ring'].map((router) => {
  return { name: `tenant_id/${router}`, key: 'tenant_id', router, parameter: null, hash: null };
});

const options: CapacityOptions = {
  ...drawnTiny({ scenario: { strategies: strategies.map((each) => ({ ...each, salt: '' })) } }),
  keep: async () => undefined,
  command: 'a test',
  progress: silent,
  signal: new AbortController().signal,
};

test('a round that was stopped goes on with the strategies that are missing', async () => {
  const { document } = await simulatedSearch({ asked: { maxSteps: '5' } });
  const found = present(document.strategies[0], 'strategy');
  const searched: string[][] = [];
  let isStopped = true;
  const search: Search = async ({ loaded, keep }) => {
    const names = loaded.scenario.strategies.map(({ name }) => name);
    searched.push(names);
    const own = isStopped ? names.slice(0, 2) : names;
    const all = own.map((strategy, index) => {
      const status: 'interrupted' | 'found' = isStopped && index === 1 ? 'interrupted' : 'found';
      return Object.assign({ ...found }, { strategy, status, error: null });
    });
    const part = { ...document, strategies: all };
    await keep(part);
    return { document: part, exitCode: isStopped ? 130 : 0, problem: null };
  };
  const say = (): void => undefined;
  await resumed(search, folder, say)(options);
  isStopped = false;
  const { document: whole } = await resumed(search, folder, say)(options);
  const names = strategies.map(({ name }) => name);
  expect(searched).toEqual([names, names.slice(1)]);
  const file = join(folder, 'capacity-1.json');
  const kept = parseCapacityDocument(readFileSync(file, 'utf8'), file);
  for (const each of [whole, kept]) {
    expect(each.strategies.map(({ strategy, status }) => [strategy, status])).toEqual(
      names.map((name) => [name, 'found']),
    );
  }
});
