import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedFleet } from '../src/fleet/embedded/fleet.ts';
import { systemClock } from '../src/host/system-clock.ts';
import { machineFacts } from '../src/host/environment.ts';
import { TableChecksums } from '../src/postgres/tables/verify-tables.ts';
import type { RunResult } from '../src/result/types.ts';
import { measuredPhases } from '../src/study/cells/cell-phases.ts';
import { cellSpecs, shuffled } from '../src/study/cells/cell-specs.ts';
import { documentedCells } from '../src/study/cells/documented-cells.ts';
import { runHead } from '../src/study/cells/run-head.ts';
import { MeasuredCellRunner } from '../src/study/run/measured-cell-runner.ts';
import { fleetRequest, keepsConnections } from '../src/study/run/fleet-request.ts';
import { startPacer } from '../src/study/run/pacer.ts';
import { loadScenario } from '../src/study/scenario/load-scenario.ts';
import { slowedTarget } from './slowed-target.ts';

/** Cells of one strategy: two that are the same, and one whose queries take longer. */
export const cellNames = { same: 'A', again: 'A again', slower: 'A slower' } as const;

export interface RepeatsSize {
  readonly runs: number;
  readonly repeats: number;
  readonly partSeconds: number;
  readonly ratePerSecond: number;
  /** By which share of their service time the queries of the slower cell take longer. */
  readonly slower: number;
}

/** One run of the three cells, their parts in turns, on embedded shards. */
export async function runRepeats(
  size: RepeatsSize,
  seed: number,
  folder: string,
): Promise<RunResult> {
  const path = join(folder, 'repeats.yaml');
  writeFileSync(path, scenarioOf(size, seed));
  const loaded = await loadScenario(path, {});
  const { signal } = new AbortController();
  const specs = cellSpecs(loaded.scenario);
  const fleet = await embeddedFleet.start(
    fleetRequest(loaded.scenario, specs, embeddedFleet.name),
    signal,
  );
  const pacer = startPacer(loaded);
  const clock = systemClock();
  try {
    const head = runHead(loaded, {
      source: 'measured',
      command: 'npm run bench:repeats',
      environment: {
        ...(await machineFacts()),
        postgres: 'embedded',
        fleet: 'embedded',
        shards: fleet.description,
        notes: [],
        servers: [],
        fileSystem: fleet.fileSystem,
        durability: 'fsync on, synchronous_commit on',
      },
    });
    const { result, problem } = await documentedCells({
      loaded,
      head,
      specs,
      order: shuffled(specs, seed),
      phases: measuredPhases,
      keep: async () => undefined,
      signal,
      runner: ({ spec, index }) =>
        new MeasuredCellRunner({
          loaded,
          fleet,
          pacer: pacer.pacer,
          // All queries are sent by one thread: in the slower cell another could not wait.
          outbox: null,
          clock,
          broken: fleet.failure,
          sawError: () => undefined,
          checksums: new TableChecksums(),
          place: index,
          keepsOpen: keepsConnections(loaded.scenario, specs.length, embeddedFleet.name),
          between: (target) =>
            slowedTarget(target, clock, spec.name === cellNames.slower ? size.slower : 0),
        }),
      accept: () => undefined,
      entered: () => undefined,
    });
    if (problem !== null) throw problem;
    return result;
  } finally {
    await pacer.close();
    await fleet.stop();
  }
}

function scenarioOf({ repeats, partSeconds, ratePerSecond }: RepeatsSize, seed: number): string {
  const strategies = Object.values(cellNames).map((label) => {
    return { label, key: 'tenant_id', router: 'mod' };
  });
  return JSON.stringify({
    name: 'repeats',
    seed,
    duration: `${repeats * partSeconds}s`,
    warmup: '2s',
    repeat: repeats,
    rate: `${ratePerSecond}/s`,
    tenants: { zipf: 0.9, count: 1000 },
    data: { total: '4MiB' },
    topology: { shards: 2 },
    baseline: false,
    strategies,
  });
}
