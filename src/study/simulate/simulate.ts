import { join } from 'node:path';
import { UserError, exitCodes } from '../../base/user-error.ts';
import { machineFacts } from '../../host/environment.ts';
import { writeAtomically } from '../../host/files.ts';
import type { Progress } from '../../host/progress.ts';
import { inTurns } from '../../host/turns.ts';
import { formatRunResult } from '../../result/parse.ts';
import { describeShards, simulationLimits } from '../../simulate/description.ts';
import { simulateKnown } from '../../simulate/extrapolation.ts';
import { hasSeries } from '../../simulate/simulated-cell.ts';
import { notesOf, routingSteps } from '../run/cell-routing.ts';
import { type CellSpec, cellSpecs, cellTitle } from '../run/cells.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { MeasuredCell } from '../run/measure-cell.ts';
import {
  exitCodeOf,
  type FinishedCell,
  finishedCell,
  messageOf,
  type RunHead,
  runHead,
  type RunOutcome,
  runResult,
} from '../run/run-result.ts';

export interface SimulateOptions {
  readonly loaded: LoadedScenario;
  readonly out: string;
  /** The command that repeats this simulation. */
  readonly command: string;
  /** What else the user should know of the model, in full sentences. */
  readonly notes: readonly string[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Simulates every cell, one after the other, and writes the result after each. */
export async function simulate(options: SimulateOptions): Promise<RunOutcome> {
  const { loaded, out, signal } = options;
  const specs = cellSpecs(loaded.scenario);
  const head = await resultHead(options);
  const finished: FinishedCell[] = [];
  let problem: unknown = null;
  const result = () => runResult(head, loaded, specs, finished, specs);
  for (const [index, spec] of specs.entries()) {
    const startedAt = new Date();
    try {
      const measured = await simulatedCell(spec, index / specs.length, options);
      finished.push(finishedCell(spec, startedAt, { status: 'ok', measured }));
    } catch (error) {
      problem = error;
      const status = signal.aborted ? 'interrupted' : 'failed';
      const text = status === 'interrupted' ? 'interrupted' : messageOf(error);
      finished.push(finishedCell(spec, startedAt, { status, error: text }));
    }
    await writeAtomically(join(out, 'result.json'), formatRunResult(result()));
    if (problem !== null) break;
  }
  return { result: result(), exitCode: exitCodeOf(result(), problem, signal), problem };
}

async function simulatedCell(
  spec: CellSpec,
  done: number,
  { loaded, progress, signal }: SimulateOptions,
): Promise<MeasuredCell> {
  const { scenario, workload, plan } = loaded;
  const startedMs = performance.now();
  const title = cellTitle(spec, cellSpecs(scenario));
  progress.stage(`${title}: placing tenants`, done, 0);
  const routing = await inTurns(routingSteps(spec, loaded), () => signal.throwIfAborted());
  const keyName = spec.strategy?.key ?? null;
  const pause = async (arrivals: number): Promise<void> => {
    const share = arrivals / plan.measure.arrivals;
    const leftMs = ((performance.now() - startedMs) / share) * (1 - share);
    progress.stage(`${title}: simulating`, done, leftMs);
    // Ctrl-C is heard between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) throw new UserError('interrupted', { exitCode: exitCodes.interrupted });
  };
  const { firstNewRow } = plan.measure;
  const load = { scenario, workload, firstNewRow, pause };
  const cell = await simulateKnown({ ...routing, keyName }, load);
  const notes = notesOf(spec, routing, loaded);
  if (spec.strategy?.lookup !== undefined) {
    notes.push('Look-ups in a table are not simulated: the router knows every shard already.');
  }
  if (!hasSeries(spec.shardCount, scenario.durationMs)) {
    notes.push(
      'The result has no row for each second, because so many shards and seconds give too many rows.',
    );
  }
  return { cell: { ...cell, notes }, topKeyShare: routing.topKeyShare };
}

async function resultHead({ loaded, command, notes }: SimulateOptions): Promise<RunHead> {
  const none = 'none (simulated)';
  return runHead(loaded, {
    source: 'simulated',
    command,
    environment: {
      ...(await machineFacts()),
      postgres: none,
      fleet: none,
      shards: describeShards(loaded.scenario),
      notes: [...simulationLimits(loaded.scenario), ...notes],
      servers: [],
      fileSystem: none,
      durability: none,
    },
  });
}
