import { afterAll, beforeAll, expect, test } from 'vitest';
import { allSteps } from '../../base/steps.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { systemClock } from '../../host/system-clock.ts';
import { TableChecksums } from '../../postgres/tables/verify-tables.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import type { MeasuredCell } from '../cells/cell-outcome.ts';
import { measuredPhases } from '../cells/cell-phases.ts';
import { routingSteps } from '../cells/cell-routing.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import { eachCell } from '../cells/each-cell.ts';
import { loadedTiny } from '../cells/fake-cell-runner-fixture.ts';
import { PlacedKeys } from '../cells/placed-keys.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { MeasuredCellRunner } from './measured-cell-runner.ts';
import { type StartedPacer, startPacer } from './pacer.ts';

let fleet: RunningFleet;
let started: StartedPacer | null = null;
beforeAll(async () => {
  ({ fleet } = await startShards(2));
});
afterAll(async () => {
  await started?.close();
  await fleet.stop();
});

async function measured(loaded: LoadedScenario, keepsOpen = false): Promise<MeasuredCell[]> {
  const keys = new PlacedKeys(loaded);
  await started?.close();
  const pacer = startPacer(loaded);
  started = pacer;
  const { cells, problem } = await eachCell({
    loaded,
    order: cellSpecs(loaded.scenario),
    plan: async (spec) => {
      const routing = allSteps(routingSteps(spec, loaded, keys));
      return { spec, routing, phases: measuredPhases(loaded, routing) };
    },
    runner: ({ index }) =>
      new MeasuredCellRunner({
        loaded,
        fleet,
        ...pacer,
        clock: systemClock(),
        broken: new Promise<never>(() => undefined),
        sawError: () => undefined,
        checksums: new TableChecksums(),
        place: loaded.scenario.repeat > 1 ? index : 0,
        keepsOpen,
      }),
    accept: () => undefined,
    signal: new AbortController().signal,
    now: () => new Date(),
    entered: () => undefined,
    finished: async () => undefined,
  });
  expect(problem).toBeNull();
  return cells.flatMap(({ outcome }) => (outcome.status === 'ok' ? [outcome] : []));
}

test.each([
  ['that are opened for each', false],
  ['that stay open in between', true],
])('parts, on connections %s, ask of the shards what one piece asks', async (_, keepsOpen) => {
  const tiny = loadedTiny();
  const whole = await measured(tiny);
  const parts = await measured({ ...tiny, scenario: { ...tiny.scenario, repeat: 2 } }, keepsOpen);
  expect(parts).toHaveLength(3);
  for (const [index, cell] of parts.entries()) {
    const other = whole[index];
    const sent = (each?: MeasuredCell) => each?.shards.map(({ writesSent }) => writesSent);
    expect(sent(cell)).toEqual(sent(other));
    expect(cell.load.ok).toBe(other?.load.ok);
    expect(cell.repeats?.map(({ serviceMs }) => serviceMs.count).reduce((a, b) => a + b)).toBe(
      cell.shards.reduce((sum, { serviceMs }) => sum + serviceMs.count, 0),
    );
    // Every write is an insert; those of both warm-ups are counted before the window.
    for (const { server, writesSent } of cell.shards) {
      // To the row: a session that has not reported would be missing.
      expect(server?.rowsInserted).toBe(writesSent + (server?.writesBefore ?? Number.NaN));
    }
    const inserted = (each?: MeasuredCell) =>
      each?.shards.reduce((sum, { server }) => sum + (server?.rowsInserted ?? 0), 0) ?? 0;
    expect(inserted(cell)).toBeGreaterThan(inserted(other));
  }
});
