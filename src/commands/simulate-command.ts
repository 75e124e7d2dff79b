import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { checkWritable } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress } from '../host/progress.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import {
  type CalibratedSimulation,
  calibrateSimulation,
} from '../study/simulate/calibrate-simulation.ts';
import { worded } from '../wording/worded.ts';
import { drawnRowsNotes } from '../study/scenario/drawn-rows.ts';
import { loadPlanned } from '../study/scenario/load-scenario.ts';
import type { LimitFlags } from './limit-options.ts';
import {
  answer,
  commandLine,
  defaultFolder,
  introduce,
  keptIn,
  writeReports,
} from './run-output.ts';
import { checkSummaries, writeSummaries } from './run-summaries.ts';
import { simulate } from '../study/simulate/simulate.ts';

export interface SimulateFlags extends LimitFlags {
  readonly strategy: readonly string[];
  readonly duration?: string;
  readonly rate?: string;
  readonly shards?: string;
  readonly tenants?: string;
  readonly cores?: string;
  readonly seed?: string;
  readonly calibrate: readonly string[];
  readonly calibrateOn?: string;
  readonly out?: string;
  readonly json?: true;
  readonly wide?: true;
}

/** `shardlab simulate`: the answer to stdout, everything else to stderr. */
export async function simulateCommand(
  path: string,
  flags: SimulateFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<ExitCode> {
  const { strategy, calibrate, calibrateOn, ...rest } = flags;
  if (calibrateOn !== undefined && calibrate.length === 0) {
    const text = '--calibrate-on: allowed only together with --calibrate <result>';
    throw new UserError(text, { exitCode: exitCodes.usage });
  }
  const loading = quietProgress(streams);
  const overrides = { ...rest, strategies: strategy };
  const asWritten = await loadPlanned(path, overrides, loading.report).finally(loading.end);
  const out = flags.out ?? defaultFolder(asWritten.scenario.name);
  await checkWritable(out);
  await checkSummaries(flags);
  const progress = createProgress(streams.stderr, wantsColour(streams.stderr, streams.environment));
  introduce(asWritten, progress);
  const calibrated =
    calibrate.length === 0 ? null : await calibrateSimulation(path, calibrate, calibrateOn ?? null);
  const notes = [...drawnRowsNotes(asWritten), ...(calibrated?.notes ?? [])].map(worded);
  for (const { text } of notes) progress.note(text);
  const simulation = simulationOf(asWritten.scenario.simulation, calibrated, flags.cores);
  const loaded = { ...asWritten, scenario: { ...asWritten.scenario, simulation } };
  const command = commandLine(argv, { '--seed': loaded.scenario.seed });
  const outcome = await interruptible((signal) =>
    simulate({ loaded, keep: keptIn(out), command, notes, progress, signal }),
  ).finally(() => progress.end());
  await writeReports(outcome.result, out);
  await writeSummaries(outcome.result, path, flags, streams);
  process.exitCode = outcome.exitCode;
  answer(outcome, out, flags, streams);
  return outcome.exitCode;
}

/**
 * What was calibrated, with what the scenario puts on top of it; the command line's word on cores
 * goes before the measured machine's.
 */
function simulationOf(
  asWritten: Simulation,
  calibrated: CalibratedSimulation | null,
  cores: string | undefined,
): Simulation {
  if (calibrated === null) return asWritten;
  const { slow, networkMs } = asWritten;
  const stalls = asWritten.stalls ?? calibrated.simulation.stalls;
  return {
    ...calibrated.simulation,
    slow,
    networkMs,
    stalls,
    ...(cores !== undefined && { cores: asWritten.cores }),
  };
}
