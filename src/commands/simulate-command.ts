import type { ExitCode } from '../base/user-error.ts';
import { checkWritable } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress } from '../host/progress.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import { loadScenario } from './load-scenario.ts';
import { answer, commandLine, defaultFolder, introduce, writeReports } from './run-output.ts';
import { simulate } from './simulate.ts';

export interface SimulateFlags {
  readonly strategy: readonly string[];
  readonly duration?: string;
  readonly rate?: string;
  readonly shards?: string;
  readonly tenants?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: true;
}

/** `shardlab simulate`: the answer to stdout, everything else to stderr. */
export async function simulateCommand(
  path: string,
  flags: SimulateFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<ExitCode> {
  const { strategy, ...rest } = flags;
  const loaded = await loadScenario(path, { ...rest, strategies: strategy });
  const out = flags.out ?? defaultFolder(loaded.scenario.name);
  await checkWritable(out);
  const progress = createProgress(streams.stderr, wantsColour(streams.stderr, streams.environment));
  introduce(loaded, progress);
  const command = commandLine(argv, { '--seed': loaded.scenario.seed });
  const outcome = await interruptible((signal) =>
    simulate({ loaded, out, command, notes: [], progress, signal }),
  ).finally(() => progress.end());
  await writeReports(outcome.result, out);
  process.exitCode = outcome.exitCode;
  answer(outcome, out, flags, streams);
  return outcome.exitCode;
}
