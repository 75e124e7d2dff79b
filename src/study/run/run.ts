import { join } from 'node:path';
import { exitCodes, UserError } from '../../base/user-error.ts';
import type { Fleet, RunningFleet } from '../../fleet/types.ts';
import { machineFacts } from '../../host/environment.ts';
import { writeAtomically } from '../../host/files.ts';
import type { Progress } from '../../host/progress.ts';
import { systemClock } from '../../host/system-clock.ts';
import { type ServerFacts, serverFacts } from '../../postgres/server-facts.ts';
import type { CountedError } from '../../metrics/error-tally.ts';
import { formatRunResult } from '../../result/parse.ts';
import type { RunResult } from '../../result/types.ts';
import { type CellSpec, cellSpecs, cellTitle, shuffled } from './cells.ts';
import { fleetRequest } from './fleet-request.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { type CellContext, measureCell } from './measure-cell.ts';
import { type StartedPacer, startPacer } from './pacer.ts';
import { estimate, type RunEstimate } from './run-estimate.ts';
import {
  exitCodeOf,
  type FinishedCell,
  finishedCell,
  messageOf,
  type RunHead,
  runHead,
  type RunOutcome,
  runResult,
} from './run-result.ts';
import { refuseSickShards } from './sick-shards.ts';

export interface RunOptions {
  readonly loaded: LoadedScenario;
  readonly fleet: Fleet;
  /** Folder that receives result.json and the reports. */
  readonly out: string;
  /** The command that repeats this run. */
  readonly command: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Measures every cell, one after the other, and writes the result after each. */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const { loaded, fleet, progress, signal } = options;
  const { scenario } = loaded;
  const specs = cellSpecs(scenario);
  const order = shuffled(specs, scenario.seed);
  const time = estimate(scenario, order);
  const request = fleetRequest(scenario, specs);
  progress.stage(
    `starting ${request.shards === 1 ? '1 shard' : `${request.shards} shards`} (${fleet.name})`,
    0,
    time.totalMs,
  );
  const running = await fleet.start(request, signal);
  progress.note(`shards: ${running.description}`);
  for (const note of running.notes) progress.warn(note);
  const pacer = startPacer(loaded);
  const stop = async (): Promise<void> => {
    progress.stage('stopping the shards', 1, 0);
    await pacer.close();
    await running.stop();
  };
  let outcome: RunOutcome;
  try {
    const head = await resultHead(options, running);
    const cells = new CellRunner(options, { head, specs, order, time }, running, pacer);
    outcome = await cells.run();
  } catch (error) {
    await stop();
    throw error;
  }
  try {
    await stop();
    return outcome;
  } catch (problem) {
    // Something could not be removed: the numbers are good, and the user must know what is left.
    return { ...outcome, problem, exitCode: exitCodes.unusable };
  }
}

interface RunPlan {
  readonly head: RunHead;
  readonly specs: readonly CellSpec[];
  readonly order: readonly CellSpec[];
  readonly time: RunEstimate;
}

class CellRunner {
  private readonly options: RunOptions;
  private readonly plan: RunPlan;
  private readonly pacer: StartedPacer;
  private readonly fleet: RunningFleet;
  private readonly broken: Promise<never>;
  private readonly finished: FinishedCell[] = [];
  /** Operations and codes whose first error was printed. */
  private readonly toldErrors = new Set<string>();

  constructor(options: RunOptions, plan: RunPlan, fleet: RunningFleet, pacer: StartedPacer) {
    this.options = options;
    this.plan = plan;
    this.fleet = fleet;
    this.pacer = pacer;
    this.broken = Promise.race([fleet.failure, rejectOnAbort(options.signal)]);
    this.broken.catch(() => undefined);
  }

  async run(): Promise<RunOutcome> {
    let problem: unknown = null;
    for (const [index, spec] of this.plan.order.entries()) {
      const startedAt = new Date();
      try {
        const measured = await measureCell(spec, this.contextOf(spec, index));
        refuseSickShards(measured.cell.load);
        this.finished.push(finishedCell(spec, startedAt, { status: 'ok', measured }));
      } catch (error) {
        problem = error;
        const status = this.options.signal.aborted ? 'interrupted' : 'failed';
        const text = status === 'interrupted' ? 'interrupted' : messageOf(error);
        this.finished.push(finishedCell(spec, startedAt, { status, error: text }));
      }
      await this.write();
      if (problem !== null) break;
    }
    const result = this.result();
    return { result, exitCode: exitCodeOf(result, problem, this.options.signal), problem };
  }

  private contextOf(spec: CellSpec, index: number): CellContext {
    const { loaded, progress, signal } = this.options;
    const { time, order } = this.plan;
    return {
      ...loaded,
      fleet: this.fleet,
      pacer: this.pacer.pacer,
      outbox: this.pacer.outbox,
      clock: systemClock(),
      broken: this.broken,
      signal,
      sawError: (error) => this.tellError(spec, error),
      stage: (stage) => {
        const doneMs = time.startMs + index * time.cellMs + time.stageStartMs[stage];
        const text = `${cellTitle(spec, order)} (${index + 1} of ${order.length}): ${stage}`;
        progress.stage(text, doneMs / time.totalMs, time.totalMs - doneMs);
      },
    };
  }

  /** While the run goes on, so that one need not wait for the report: the first of each kind. */
  private tellError(spec: CellSpec, { code, message, operation, shard }: CountedError): void {
    const { loaded, progress } = this.options;
    const name = loaded.workload.operations[operation]?.name ?? '';
    const kind = `${name} ${code}`;
    if (this.toldErrors.has(kind)) return;
    this.toldErrors.add(kind);
    const place = shard === null ? '' : ` on shard ${shard}`;
    progress.warn(
      `${spec.name}: operation ${name} failed${place} with ${code}: ${message} (this is ` +
        'the first of its kind; the report counts all of them)',
    );
  }

  private result(): RunResult {
    const { head, order, specs } = this.plan;
    return runResult(head, this.options.loaded, order, this.finished, specs);
  }

  private async write(): Promise<void> {
    await writeAtomically(join(this.options.out, 'result.json'), formatRunResult(this.result()));
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void =>
      reject(new UserError('interrupted', { exitCode: exitCodes.interrupted }));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

async function resultHead(options: RunOptions, running: RunningFleet): Promise<RunHead> {
  const { loaded, fleet, command } = options;
  const servers = await Promise.all(
    running.shards.map(({ maintenanceDatabase, ...server }) =>
      serverFacts({ ...server, database: maintenanceDatabase }),
    ),
  );
  return runHead(loaded, {
    source: 'measured',
    command,
    environment: {
      ...(await machineFacts()),
      postgres: [...new Set(servers.map(({ version }) => version))].join(', '),
      fleet: fleet.name,
      shards: running.description,
      notes: [...running.notes],
      servers,
      fileSystem: running.fileSystem,
      // As the servers have it, which on the user's own ones is not for the scenario to say.
      durability: durabilityOf(servers),
    },
  });
}

function durabilityOf(servers: readonly ServerFacts[]): string {
  const each = servers.map(
    ({ settings }) =>
      `fsync ${settings['fsync'] ?? '?'}, synchronous_commit ${settings['synchronous_commit'] ?? '?'}`,
  );
  return [...new Set(each)].join(' | ');
}
