import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '../src/base/assert.ts';
import type { Fleet, RunningFleet } from '../src/fleet/types.ts';
import type { Progress } from '../src/host/progress.ts';
import type { CapacityStrategy } from '../src/result/capacity-document.ts';
import {
  type CapacityAsked,
  type CapacityChoices,
  capacityChoices,
} from '../src/study/capacity/capacity-choices.ts';
import { type CapacityOptions, searchShards } from '../src/study/capacity/measure-capacity.ts';
import { simulateCapacity } from '../src/study/capacity/simulate-capacity.ts';
import { cellSpecs } from '../src/study/cells/cell-specs.ts';
import { fleetRequest } from '../src/study/run/fleet-request.ts';
import { startPacer } from '../src/study/run/pacer.ts';
import {
  type LoadedScenario,
  loadPlanned,
  loadScenario,
} from '../src/study/scenario/load-scenario.ts';

/** The strategies of the bench: one database, and four shards. */
export type BenchStrategy = 'single' | 'tenant_id/jump';

export const shardCount = 4;
export const quotaCores = 0.3;
const objective = 'p(99)<50ms';

/** One search, or one ladder. */
export interface AskedSearch {
  readonly strategy: BenchStrategy;
  readonly seed: number;
  /** As a scenario has it, such as `15s`. */
  readonly window: string;
  readonly asked?: Partial<CapacityAsked>;
  readonly next?: CapacityOptions['next'];
}

export interface Searched {
  readonly loaded: LoadedScenario;
  readonly found: CapacityStrategy;
}

/** Shards that all searches share, in virtual time or running. */
export interface BenchShards {
  readonly description: string;
  readonly search: (asked: AskedSearch) => Promise<Searched>;
  readonly stop: () => Promise<void>;
}

/** What a search reads before it starts; nothing runs for it. */
export async function readSearch(
  { strategy, seed, window, asked }: AskedSearch,
  folder: string,
  isMeasured: boolean,
): Promise<{ loaded: LoadedScenario; choices: CapacityChoices }> {
  const path = join(folder, 'capacity-bench.yaml');
  writeFileSync(path, JSON.stringify(scenario));
  const overrides = { seed: String(seed), duration: window, strategies: [strategy] };
  const loaded = isMeasured
    ? await loadScenario(path, overrides)
    : await loadPlanned(path, overrides, () => undefined);
  const choices = capacityChoices(
    loaded.scenario,
    { objective: [objective], ...asked },
    isMeasured,
  );
  return {
    loaded: { ...loaded, scenario: { ...loaded.scenario, thresholds: choices.objectives } },
    choices,
  };
}

export function virtualShards(folder: string, signal: AbortSignal): BenchShards {
  return {
    description: 'in virtual time',
    search: async (asked) => {
      const read = await readSearch(asked, folder, false);
      return searched(read.loaded, simulateCapacity(optionsOf(asked, read, signal)));
    },
    stop: async () => undefined,
  };
}

/** Started once; each search loads its rows anew. */
export async function runningShards(
  fleet: Fleet,
  folder: string,
  signal: AbortSignal,
): Promise<BenchShards> {
  const largest = { strategy: 'tenant_id/jump', seed: 1, window: '1s' } as const;
  const { loaded: most } = await readSearch(largest, folder, true);
  const request = fleetRequest(most.scenario, cellSpecs(most.scenario), fleet.name);
  const running = await fleet.start(request, signal);
  return {
    description: running.description,
    search: (asked) => searchRunning({ fleet, running }, asked, folder, signal),
    stop: () => running.stop(),
  };
}

async function searchRunning(
  shards: { readonly fleet: Fleet; readonly running: RunningFleet },
  asked: AskedSearch,
  folder: string,
  signal: AbortSignal,
): Promise<Searched> {
  const read = await readSearch(asked, folder, true);
  const pacer = startPacer(read.loaded);
  try {
    const search = searchShards({ ...shards, pacer }, optionsOf(asked, read, signal));
    return await searched(read.loaded, search);
  } finally {
    await pacer.close();
  }
}

function optionsOf(
  { next }: AskedSearch,
  read: { readonly loaded: LoadedScenario; readonly choices: CapacityChoices },
  signal: AbortSignal,
): CapacityOptions {
  return {
    ...read,
    ...(next && { next }),
    keep: async () => undefined,
    command: 'npm run bench:capacity',
    progress: silent,
    signal,
  };
}

const silent: Progress = {
  note: () => undefined,
  warn: () => undefined,
  stage: () => undefined,
  pulse: () => undefined,
  end: () => undefined,
};

async function searched(
  loaded: LoadedScenario,
  search: ReturnType<typeof simulateCapacity>,
): Promise<Searched> {
  const { document, problem } = await search;
  if (problem !== null) throw problem;
  return { loaded, found: present(document.strategies[0], 'the strategy that was searched') };
}

/** Orders of tenants in one table, the six usual operations, 0.3 of a core for each shard. */
const scenario = {
  name: 'capacity-bench',
  warmup: '3s',
  rate: '200/s',
  tenants: { zipf: 0.8, count: 1000 },
  data: { total: '16MiB' },
  topology: { shards: shardCount, quota: { cpu: quotaCores, memory: '512MiB' } },
  strategies: [{ key: 'tenant_id', router: 'jump' }],
  // For the small size, which has no database.
  simulation: { service: { exponential: '2ms' }, quota: false },
};
