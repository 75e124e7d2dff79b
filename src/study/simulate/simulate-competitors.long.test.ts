import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { createProgress } from '../../host/progress.ts';
import type { Cell } from '../../result/types.ts';
import type { Strategy } from '../../scenario/types.ts';
import { type LoadedScenario, loadScenario } from '../scenario/load-scenario.ts';
import { simulate } from './simulate.ts';

const folder = mkdtempSync(join(tmpdir(), 'shardlab-competitors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenario = `name: competitors
seed: 5
rate: 600/s
duration: 4s
tenants: { zipf: 0.9, count: 300 }
data: { total: 2MB }
topology: { shards: 4 }
simulation:
  cores: 2
  operations: { summary: { exponential: 6ms, scan: 0.9 } }
  stalls: { sigma: 0.2, stops: { every: 1s, lasts: 30ms } }
strategies:
  - { key: tenant_id, router: mod }
  - { key: tenant_id, router: jump }
  - { key: tenant_id, router: "ring:50" }
  - { key: tenant_id, router: directory }
  - { key: order_id, router: jump }
`;

/** Cells by the key and the router, which no other name changes. */
async function cellsOf(loaded: LoadedScenario): Promise<Map<string, Cell>> {
  const silent = { write: () => true };
  const { result } = await simulate({
    loaded,
    keep: async () => undefined,
    command: '',
    notes: [],
    progress: createProgress(silent, false),
    signal: new AbortController().signal,
  });
  return new Map(result.cells.map((cell) => [`${cell.shardKey}/${cell.router}`, cell]));
}

/** Everything that is a number of the cell, or follows from one; where it stands is none. */
function numbersOf(cell: Cell): unknown {
  const { strategy: _, startedAt: __, ...numbers } = cell;
  return JSON.parse(JSON.stringify(numbers).replaceAll(/"\/cells\/\d+/g, '"'));
}

test('renaming, reordering and removing strategies changes no number of the others', async () => {
  const path = join(folder, 'competitors.yaml');
  writeFileSync(path, scenario);
  const loaded = await loadScenario(path, {});
  const whole = await cellsOf(loaded);
  expect(whole.size).toBe(6);
  const order = fc.shuffledSubarray([...loaded.scenario.strategies], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(order, fc.boolean(), fc.string(), async (kept, baseline, suffix) => {
      const strategies = kept.map(
        (one, i): Strategy => Object.assign({}, one, { name: `${i}${suffix}` }),
      );
      const changed = { ...loaded.scenario, strategies, baseline };
      const cells = await cellsOf({ ...loaded, scenario: changed });
      expect(cells.size).toBe(kept.length + (baseline ? 1 : 0));
      for (const [which, cell] of cells) {
        expect(numbersOf(cell)).toEqual(numbersOf(present(whole.get(which), which)));
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
