import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { allSteps } from '../../base/steps.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { systemClock } from '../../host/system-clock.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { planArrivals } from '../../workload/arrival-plan.ts';
import { visitArrivals } from '../../workload/arrivals.ts';
import { measurePhase } from '../../workload/phases.ts';
import type { Phase } from '../../workload/types.ts';
import { buildWorkload } from '../../workload/workload.ts';
import type { CellPhase } from '../cells/cell-phases.ts';
import { routingSteps } from '../cells/cell-routing.ts';
import { eachCell } from '../cells/each-cell.ts';
import { PlacedKeys } from '../cells/placed-keys.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { MeasuredCellRunner } from './measured-cell-runner.ts';
import { startPacer } from './pacer.ts';

let fleet: RunningFleet;
beforeAll(async () => {
  ({ fleet } = await startShards(4));
});
afterAll(() => fleet.stop());

const topology = { shards: 2, furtherShards: [4], weights: [1, 1], urls: [], quota: null };
const scenario = tinyScenario({ topology, durationMs: 600 });
const workload = buildWorkload(scenario, null);
const loaded: LoadedScenario = {
  scenario,
  workload,
  plan: planArrivals(workload),
  ownRouters: new Map(),
};

/** Phases of these names, each of which numbers its new rows after those of the one before. */
function phasesNamed(
  names: readonly string[],
): { phase: Phase; arrivals: number; writes: number }[] {
  let firstNewRow = workload.rows.count;
  return names.map((name) => {
    const phase = { ...measurePhase(workload, firstNewRow), name };
    const { arrivals, inserts } = visitArrivals(workload, phase, () => undefined);
    firstNewRow += inserts;
    return { phase, arrivals, writes: inserts };
  });
}

test('a cell goes from two shards to four and back without being loaded again', async () => {
  const keys = new PlacedKeys(loaded);
  const strategy = present(scenario.strategies[0], 'strategy');
  const on = (shardCount: number) =>
    allSteps(routingSteps({ name: strategy.name, strategy, shardCount }, loaded, keys));
  const drawn = phasesNamed(['two', 'four', 'measure']);
  const shardCounts = [2, 4, 2];
  const phases = drawn.map(({ phase }, index): CellPhase => {
    const routing = on(shardCounts[index] ?? 0);
    return { phase, title: phase.name, routing, measured: phase.name === 'measure' };
  });
  const started = startPacer(loaded);
  const ports = {
    loaded,
    fleet,
    clock: systemClock(),
    broken: new Promise<never>(() => undefined),
  };
  const runner = new MeasuredCellRunner({ ...ports, ...started, sawError: () => undefined });
  const counts: { ok: number; writes: number[] }[] = [];
  try {
    const { cells, problem } = await eachCell({
      loaded,
      order: [{ name: strategy.name, strategy, shardCount: 2 }],
      plan: async (spec) => ({ spec, routing: on(2), phases }),
      runner: () => ({
        prepare: (cell) => runner.prepare(cell),
        run: async (phase) => {
          const record = await runner.run(phase);
          counts.push({
            ok: record.samples.outcomes[0] ?? 0,
            writes: record.samples.shards.map(({ writesSent }) => writesSent),
          });
          return record;
        },
        facts: () => runner.facts(),
        close: () => runner.close(),
      }),
      accept: () => undefined,
      signal: new AbortController().signal,
      now: () => new Date(),
      entered: () => undefined,
      finished: async () => undefined,
    });
    expect(problem).toBeNull();
    expect(counts.map(({ ok }) => ok)).toEqual(drawn.map(({ arrivals }) => arrivals));
    expect(counts.map(({ writes }) => writes.length)).toEqual(shardCounts);
    const sums = counts.map(({ writes }) => writes.reduce((sum, each) => sum + each, 0));
    expect(sums).toEqual(drawn.map(({ writes }) => writes));
    const outcome = present(cells[0], 'cell').outcome;
    const shards = outcome.status === 'ok' ? outcome.shards : [];
    const [two, four] = counts.map(({ writes }) => writes);
    for (const [shard, { server, writesSent }] of shards.entries()) {
      const before = (two?.[shard] ?? 0) + (four?.[shard] ?? 0);
      expect(server).toMatchObject({ writesBefore: before, rowsInserted: before + writesSent });
    }
    expect(shards).toHaveLength(2);
  } finally {
    await started.close();
  }
}, 60_000);
