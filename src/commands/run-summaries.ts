import { dirname } from 'node:path';
import { checkWritable, writeAtomically } from '../host/files.ts';
import type { Streams } from '../host/terminal.ts';
import { runAnnotations } from '../report/run/annotations.ts';
import { runBenchmarks } from '../report/run/benchmark-json.ts';
import { runJunit } from '../report/run/junit.ts';
import { runMarkdown } from '../report/run/markdown.ts';
import type { RunResult } from '../result/types.ts';
import { annotate } from './annotate.ts';
import type { LimitFlags } from './limit-options.ts';
import { addToStepSummary } from './step-summary.ts';

/** Minutes of measuring must not end at a place that cannot be written to. */
export async function checkSummaries(flags: LimitFlags): Promise<void> {
  for (const path of [flags.markdown, flags.junit, flags.benchmarkJson]) {
    if (path !== undefined) await checkWritable(dirname(path));
  }
}

/**
 * What CI reads of a run, wherever it is asked for.
 *
 * @param scenario its file, as the user named it
 */
export async function writeSummaries(
  result: RunResult,
  scenario: string,
  flags: LimitFlags,
  streams: Streams,
): Promise<void> {
  const { markdown, junit, benchmarkJson } = flags;
  const summary = runMarkdown(result);
  if (markdown !== undefined) await writeAtomically(markdown, summary);
  if (junit !== undefined) await writeAtomically(junit, runJunit(result));
  if (benchmarkJson !== undefined) await writeAtomically(benchmarkJson, runBenchmarks(result));
  await addToStepSummary(summary, streams);
  annotate(runAnnotations(result, scenario), streams);
}
