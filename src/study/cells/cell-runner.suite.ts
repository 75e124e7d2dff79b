import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { allSteps } from '../../base/steps.ts';
import { arrivalsOf } from '../../metrics/cell-samples.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { planArrivals } from '../../workload/arrival-plan.ts';
import { visitArrivals } from '../../workload/arrivals.ts';
import { measurePhase } from '../../workload/phases.ts';
import { buildWorkload } from '../../workload/workload.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { CellPhase } from './cell-phases.ts';
import { routingSteps } from './cell-routing.ts';
import type { CellRunner, PlannedCell } from './cell-runner.ts';
import { PlacedKeys } from './placed-keys.ts';

/** Of the scenario below. */
export const contractShards = 4;

const topology = { shards: 2, furtherShards: [contractShards], weights: [1, 1] };
const scenario = tinyScenario({
  topology: { ...topology, urls: [], quota: null },
  durationMs: 600,
});
const workload = buildWorkload(scenario, null);
const loaded: LoadedScenario = {
  scenario,
  workload,
  plan: planArrivals(workload),
  ownRouters: new Map(),
};

interface Planned {
  readonly cell: PlannedCell;
  /** By phase. */
  readonly arrivals: readonly number[];
  readonly writes: readonly number[];
}

/** A cell with a phase on each of these numbers of shards; new rows are numbered on and on. */
function planned(shardCounts: readonly number[]): Planned {
  const keys = new PlacedKeys(loaded);
  const strategy = present(scenario.strategies[0], 'strategy');
  const specOn = (shardCount: number) => ({ name: strategy.name, strategy, shardCount });
  const on = (shardCount: number) => allSteps(routingSteps(specOn(shardCount), loaded, keys));
  let firstNewRow = workload.rows.count;
  const counts: { readonly arrivals: number; readonly inserts: number }[] = [];
  const phases = shardCounts.map((shardCount, index): CellPhase => {
    const phase = { ...measurePhase(workload, firstNewRow), name: `phase ${index}` };
    const drawn = visitArrivals(workload, phase, () => undefined);
    counts.push(drawn);
    firstNewRow += drawn.inserts;
    const measured = index === shardCounts.length - 1;
    return { phase, title: phase.name, routing: on(shardCount), measured };
  });
  const first = present(shardCounts[0], 'number of shards');
  return {
    cell: { spec: specOn(first), routing: on(first), phases },
    arrivals: counts.map(({ arrivals }) => arrivals),
    writes: counts.map(({ inserts }) => inserts),
  };
}

const total = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);
const writesOf = ({ samples }: PhaseRecord): number[] =>
  samples.shards.map(({ writesSent }) => writesSent);

/**
 * What every runner of cells must do.
 * @param open a runner of the scenario that it is given, on up to `contractShards` shards
 */
export function cellRunnerContract(open: (loaded: LoadedScenario) => CellRunner): void {
  test('runs phases one after another, on more shards and fewer, with all arrivals', async () => {
    const { cell, arrivals, writes } = planned([2, contractShards, 2]);
    const runner = open(loaded);
    try {
      await runner.prepare(cell);
      const records: PhaseRecord[] = [];
      // oxlint-disable-next-line no-await-in-loop -- phases follow each other
      for (const phase of cell.phases) records.push(await runner.run(phase));
      const { servers } = await runner.facts();
      expect(records.map(({ samples }) => arrivalsOf(samples))).toEqual(arrivals);
      expect(records.map(({ samples }) => samples.outcomes[0])).toEqual(arrivals);
      // Each insert names its tenant, and so goes to one shard.
      expect(records.map((record) => total(writesOf(record)))).toEqual(writes);
      for (const [index, { routing }] of cell.phases.entries()) {
        const { samples, contents, throttledFractions } = present(records[index], 'record');
        const { shardCount } = routing.plan;
        expect([samples.shards, contents, throttledFractions]).toMatchObject(
          [0, 0, 0].map(() => ({ length: shardCount })),
        );
      }
      expect(total((records[0]?.contents ?? []).map(({ rows }) => rows))).toBe(workload.rows.count);
      // Where there are servers, they count all that was asked of them.
      const inserted = servers.map(({ rowsInserted }) => rowsInserted);
      const sent = inserted.map((_, shard) =>
        total(records.map((record) => writesOf(record)[shard] ?? 0)),
      );
      expect(inserted).toEqual(sent);
    } finally {
      await runner.close();
    }
  });

  test('is closed before it is prepared, and twice', async () => {
    const runner = open(loaded);
    await runner.close();
    await expect(runner.close()).resolves.toBeUndefined();
  });
}
