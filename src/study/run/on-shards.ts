import { type ExitCode, exitCodes } from '../../base/exit-codes.ts';
import type { Fleet, FleetRequest, RunningFleet } from '../../fleet/types.ts';
import type { Progress } from '../../host/progress.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import { checkMeasuredRoom } from './measured-room.ts';
import { type StartedPacer, startPacer } from './pacer.ts';

/** What work on shards of its own needs. */
interface ShardsWanted {
  readonly loaded: LoadedScenario;
  readonly fleet: Fleet;
  readonly request: FleetRequest;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** How long all of it should take. */
  readonly totalMs: number;
}

/** How work on shards ends: what it found is kept, whatever happens afterwards. */
interface Ended {
  readonly problem: unknown;
  readonly exitCode: ExitCode;
}

/** Starts shards and a pacer, has the work done on them, and stops them, however it ends. */
export async function onShards<T extends Ended>(
  { loaded, fleet, request, progress, signal, totalMs }: ShardsWanted,
  work: (running: RunningFleet, pacer: StartedPacer) => Promise<T>,
): Promise<T> {
  const { shards } = request;
  const counted = shards === 1 ? '1 shard' : `${shards} shards`;
  progress.stage(`starting ${counted} (${fleet.name})`, 0, totalMs);
  const running = await fleet.start(request, signal);
  progress.note(`shards: ${running.description}`);
  for (const note of running.notes) progress.warn(note);
  const pacer = startPacer(loaded);
  const stop = async (): Promise<void> => {
    progress.stage('stopping the shards', 1, 0);
    await pacer.close();
    await running.stop();
  };
  let ended: T;
  try {
    await checkMeasuredRoom(loaded.workload, running, request.dataBytes);
    ended = await work(running, pacer);
  } catch (error) {
    await stop();
    throw error;
  }
  try {
    await stop();
    return ended;
  } catch (problem) {
    // Something could not be removed: the numbers are good, and the user must know what is left.
    return { ...ended, problem, exitCode: exitCodes.unusable };
  }
}
