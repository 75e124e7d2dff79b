import { join } from 'node:path';
import type { ExitCode } from '../base/exit-codes.ts';
import { chooseFleet } from '../fleet/choose.ts';
import { fleetNames } from '../fleet/names.ts';
import { checkWritable } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress } from '../host/progress.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { type Streams, wantsColour } from '../host/terminal.ts';
import { loadScenario } from '../study/scenario/load-scenario.ts';
import { LiveRun } from '../study/live/live-run.ts';
import { run } from '../study/run/run.ts';
import type { LimitFlags } from './limit-options.ts';
import {
  answer,
  commandLine,
  defaultFolder,
  introduce,
  introduceRepeats,
  keptIn,
  writeReports,
} from './run-output.ts';
import { checkSummaries, writeSummaries } from './run-summaries.ts';

export interface RunFlags extends LimitFlags {
  readonly strategy: readonly string[];
  readonly duration?: string;
  readonly repeat?: string;
  readonly retries: number;
  readonly rate?: string;
  readonly shards?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: true;
  readonly wide?: true;
  readonly fleet?: string;
  readonly live?: number;
  readonly dryRun?: true;
}

/** `shardlab run`: the answer to stdout, everything else to stderr. */
export async function runCommand(
  path: string,
  flags: RunFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<ExitCode> {
  const { strategy, ...rest } = flags;
  const overrides = { ...rest, strategies: strategy };
  const loading = quietProgress(streams);
  const loaded = await loadScenario(path, overrides, loading.report).finally(loading.end);
  const out = flags.out ?? defaultFolder(loaded.scenario.name);
  await checkWritable(out);
  await checkSummaries(flags);
  const progress = createProgress(streams.stderr, wantsColour(streams.stderr, streams.environment));
  introduce(loaded, progress);
  introduceRepeats(loaded.scenario, progress);
  const live = flags.live === undefined ? null : await LiveRun.start(loaded, flags.live);
  if (live !== null) progress.note(`watch at ${live.url}`);
  const told = { progress, keep: keptIn(out) };
  const outcome = await interruptible(async (signal) => {
    const { urls } = loaded.scenario.topology;
    const asked = fleetNames.find((name) => name === flags.fleet) ?? null;
    const wish = { asked, urls, environment: streams.environment };
    const { fleet, why } = await chooseFleet(wish, signal);
    progress.note(`fleet: ${fleet.name} (${why})`);
    const command = commandLine(argv, { '--seed': loaded.scenario.seed, '--fleet': fleet.name });
    const { retries } = flags;
    return run({ loaded, fleet, command, signal, retries, ...(live?.watched(told) ?? told) });
  })
    .catch(async (error: unknown) => {
      await live?.end(null);
      throw error;
    })
    .finally(() => progress.end());
  await writeReports(outcome.result, out);
  await live?.end(join(out, 'report.html'));
  await writeSummaries(outcome.result, path, flags, streams);
  // Known before the table is written: its reader may be gone, and that ends the process.
  process.exitCode = outcome.exitCode;
  answer(outcome, out, flags, streams);
  return outcome.exitCode;
}
