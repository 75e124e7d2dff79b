import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { Fleet, RunningFleet } from '../../fleet/types.ts';
import { machineFacts } from '../../host/environment.ts';
import type { Progress } from '../../host/progress.ts';
import { systemClock } from '../../host/system-clock.ts';
import { spoiltBy } from '../../metrics/spoilt.ts';
import { TableChecksums } from '../../postgres/tables/verify-tables.ts';
import { type ServerFacts, serverFacts } from '../../postgres/server-facts.ts';
import { fact } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import type { RunResult } from '../../result/types.ts';
import { measuredPhases } from '../cells/cell-phases.ts';
import { cellSpecs, shuffled } from '../cells/cell-specs.ts';
import { documentedCells } from '../cells/documented-cells.ts';
import { type RunHead, runHead } from '../cells/run-head.ts';
import type { RunOutcome } from '../cells/run-outcome.ts';
import { type LiveFeed, watchPhases } from '../live/watch-phase.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { FirstErrors } from './first-errors.ts';
import { fleetRequest, keepsConnections } from './fleet-request.ts';
import { MeasuredCellRunner, type MeasuringPorts } from './measured-cell-runner.ts';
import { onShards } from './on-shards.ts';
import type { StartedPacer } from './pacer.ts';
import { estimate } from './run-estimate.ts';
import { TurnProgress } from './turn-progress.ts';
import { refuseSickShards } from './sick-shards.ts';

export interface RunOptions {
  readonly loaded: LoadedScenario;
  readonly fleet: Fleet;
  /** Keeps the document as it stands after each cell. */
  readonly keep: (result: RunResult) => Promise<void>;
  /** The command that repeats this run. */
  readonly command: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Told of each second; absent: nobody watches. */
  readonly live?: LiveFeed;
  /** How often a cell that the machine has spoilt is measured again. */
  readonly retries: number;
}

/** Measures every cell, one after the other, and has the result kept after each. */
export async function run(options: RunOptions): Promise<RunOutcome> {
  const { loaded, fleet, progress, signal, live = null } = options;
  const { scenario } = loaded;
  const specs = cellSpecs(scenario);
  const order = shuffled(specs, scenario.seed);
  const time = estimate(scenario, order);
  const request = fleetRequest(scenario, specs, fleet.name);
  const wanted = { loaded, fleet, request, progress, signal, totalMs: time.totalMs };
  return onShards(wanted, async (running, pacer) => {
    const head = await resultHead(options, running);
    const keepsOpen = keepsConnections(scenario, specs.length, fleet.name);
    const ports = measuringPorts(options, running, pacer);
    const told = new FirstErrors(loaded, progress);
    const turnsTold = new TurnProgress(scenario, order, time, progress);
    return documentedCells({
      loaded,
      head,
      specs,
      order,
      phases: measuredPhases,
      keep: options.keep,
      signal,
      runner: ({ spec, index }) =>
        new MeasuredCellRunner({
          ...ports,
          // Rows of all cells are on the shards at once where their turns alternate.
          place: scenario.repeat > 1 ? index : 0,
          keepsOpen,
          sawError: (error) => told.tell(spec.name, error),
          watchPhase: watchPhases(spec.name, progress, live),
        }),
      accept: ({ load }) => refuseSickShards(load),
      isSpoilt: ({ verdict, generator }) =>
        spoiltBy(verdict.status, generator?.machine ?? []) !== null,
      retries: options.retries,
      again: (cells) => turnsTold.again(cells),
      entered: (turn, stage) => turnsTold.entered(turn, stage),
    });
  });
}

export function measuringPorts(
  { loaded, signal }: Pick<RunOptions, 'loaded' | 'signal'>,
  fleet: RunningFleet,
  { pacer, outbox }: StartedPacer,
): Omit<MeasuringPorts, 'sawError' | 'watchPhase' | 'place' | 'keepsOpen'> {
  const broken = Promise.race([fleet.failure, rejectOnAbort(signal)]);
  broken.catch(() => undefined);
  const checksums = new TableChecksums();
  return { loaded, fleet, pacer, outbox, clock: systemClock(), broken, checksums };
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
  const environment = await measuredEnvironment(fleet, running);
  return runHead(loaded, { source: 'measured', command, environment });
}

/** This machine, and the shards as they were found. */
export async function measuredEnvironment(
  fleet: Fleet,
  running: RunningFleet,
): Promise<RunResult['environment']> {
  const servers = await Promise.all(running.shards.map(serverFacts));
  return {
    ...(await machineFacts()),
    postgres: [...new Set(servers.map(({ version }) => version))].join(', '),
    fleet: fleet.name,
    shards: running.description,
    notes: running.notes.map((note) => worded(fact('shards-note', { names: { note } }))),
    servers,
    fileSystem: running.fileSystem,
    // As the servers have it, which on the user's own ones is not for the scenario to say.
    durability: durabilityOf(servers),
  };
}

function durabilityOf(servers: readonly ServerFacts[]): string {
  const each = servers.map(
    ({ settings }) =>
      `fsync ${settings['fsync'] ?? '?'}, synchronous_commit ` +
      (settings['synchronous_commit'] ?? '?'),
  );
  return [...new Set(each)].join(' | ');
}
