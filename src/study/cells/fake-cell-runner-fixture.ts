import { outcomes } from '../../metrics/outcome.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import { Recorder } from '../../metrics/recorder.ts';
import { planArrivals } from '../../workload/arrival-plan.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { runsForMs } from '../../workload/phases.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { CellPhase } from './cell-phases.ts';
import type { CellRunner, RunnerFacts } from './cell-runner.ts';
import type { Strategy } from '../../scenario/types.ts';

/** A scenario of so many strategies and of one shard alone, nothing started. */
export function loadedTiny(strategies: readonly string[] = ['a', 'b']): LoadedScenario {
  const strategy = (name: string): Strategy => ({
    name,
    key: 'tenant_id',
    router: 'mod',
    parameter: null,
    hash: 'xxh64',
    salt: name,
  });
  const scenario = tinyScenario({ strategies: strategies.map(strategy) });
  const workload = buildWorkload(scenario, null);
  return { scenario, workload, plan: planArrivals(workload), ownRouters: new Map() };
}

/** Operations that a phase of the fake has: 10 for each millisecond. */
export const operationsIn = (durationMs: number): number => 10 * durationMs;

/** What it does when it is called, by the name of the call; a phase is called by its title. */
export type FakeScript = Readonly<Record<string, () => void>>;

/** A runner of no shards that notes how it is called. */
export function fakeRunner(
  called: (what: string) => void,
  script: FakeScript = {},
  facts: Partial<RunnerFacts> = {},
): CellRunner {
  const step = (what: string): void => {
    called(what);
    script[what]?.();
  };
  return {
    prepare: async () => step('prepare'),
    run: async (phase) => {
      step(phase.title);
      return recordOf(phase);
    },
    facts: async () => {
      step('facts');
      return { servers: [], lookup: null, notes: [], ...facts };
    },
    close: async () => step('close'),
  };
}

/** Writes that all succeed after a millisecond, dealt to the shards in turn. */
function recordOf(phase: CellPhase): PhaseRecord {
  const { shardCount } = phase.routing.plan;
  const durationMs = runsForMs(phase.phase);
  const windowNs = durationMs * 1e6;
  const recorder = new Recorder({ shardCount, kinds: ['write', 'read', 'read'], windowNs });
  const count = operationsIn(durationMs);
  for (let i = 0; i < count; i += 1) {
    const atNs = (i * windowNs) / count;
    recorder.shard(i % shardCount).sent(0);
    recorder.shard(i % shardCount).query(0, atNs, atNs, atNs, atNs + 1e6, outcomes.ok);
    recorder.operation(0, 0, 1, atNs, atNs, atNs + 1e6, outcomes.ok);
  }
  recorder.finish();
  return {
    samples: recorder.samples([]),
    contents: Array.from({ length: shardCount }, () => ({ rows: 10, bytes: 5120 })),
    throttledFractions: Array.from({ length: shardCount }, () => null),
    generator: null,
    server: null,
    otherwise: null,
  };
}
