import { machineFacts } from '../../host/environment.ts';
import type { Progress } from '../../host/progress.ts';
import type { Finding } from '../../result/finding.ts';
import type { RunResult } from '../../result/types.ts';
import type { Scenario } from '../../scenario/types.ts';
import { describeShards, simulationLimits } from '../../simulate/description.ts';
import { worded } from '../../wording/worded.ts';
import { simulatedPhases } from '../cells/cell-phases.ts';
import { cellSpecs, cellTitle } from '../cells/cell-specs.ts';
import { documentedCells } from '../cells/documented-cells.ts';
import { type RunHead, runHead } from '../cells/run-head.ts';
import type { RunOutcome } from '../cells/run-outcome.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { SimulatedCellRunner } from './simulated-cell-runner.ts';

export interface SimulateOptions {
  readonly loaded: LoadedScenario;
  /** Keeps the document as it stands after each cell. */
  readonly keep: (result: RunResult) => Promise<void>;
  /** The command that repeats this simulation. */
  readonly command: string;
  /** What else the user should know of the model. */
  readonly notes: readonly Finding[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Simulates every cell, one after the other, and has the result kept after each. */
export async function simulate(options: SimulateOptions): Promise<RunOutcome> {
  const { loaded, keep, signal, progress } = options;
  const specs = cellSpecs(loaded.scenario);
  const doneAt = (index: number): number => index / specs.length;
  return documentedCells({
    loaded,
    head: await resultHead(options),
    specs,
    order: specs,
    phases: simulatedPhases,
    keep,
    signal,
    runner: ({ spec, index }) => {
      const startedMs = performance.now();
      return new SimulatedCellRunner(loaded, (share) => {
        const leftMs = ((performance.now() - startedMs) / share) * (1 - share);
        progress.stage(`${cellTitle(spec, specs)}: simulating`, doneAt(index), leftMs);
        signal.throwIfAborted();
      });
    },
    accept: () => undefined,
    entered: ({ spec, index }, stage) => {
      if (stage !== 'place') return;
      progress.stage(`${cellTitle(spec, specs)}: placing tenants`, doneAt(index), 0);
    },
  });
}

async function resultHead({ loaded, command, notes }: SimulateOptions): Promise<RunHead> {
  const environment = await simulatedEnvironment(loaded.scenario, notes);
  return runHead(loaded, { source: 'simulated', command, environment });
}

/** This machine, and what stands for shards. */
export async function simulatedEnvironment(
  scenario: Scenario,
  notes: readonly Finding[],
): Promise<RunResult['environment']> {
  const none = 'none (simulated)';
  return {
    ...(await machineFacts()),
    postgres: none,
    fleet: none,
    shards: describeShards(scenario),
    notes: [...simulationLimits(scenario).map(worded), ...notes],
    servers: [],
    fileSystem: none,
    durability: none,
  };
}
