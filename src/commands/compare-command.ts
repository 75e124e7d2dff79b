import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { present } from '../base/assert.ts';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { shardlabVersion } from '../host/environment.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress } from '../host/progress.ts';
import { type Streams, tableView, wantsColour } from '../host/terminal.ts';
import { comparisonHtml, comparisonMarkdown } from '../report/comparison/comparison-report.ts';
import { comparisonJunit } from '../report/comparison/junit.ts';
import { comparisonSummary } from '../report/comparison/summary.ts';
import { comparisonTable } from '../report/comparison/terminal.ts';
import type { ComparisonDocument } from '../result/comparison-document.ts';
import { formatComparison } from '../result/comparison-parse.ts';
import { compare, comparisonExitCode } from '../study/compare/compare.ts';
import { compareRuns } from '../study/compare/compare-runs.ts';
import { type RunOptions, runOptions } from '../study/compare/run-options.ts';
import { readSides } from '../study/compare/sides.ts';
import { commandLine, defaultFolder } from './run-output.ts';
import { addToStepSummary } from './step-summary.ts';

export interface CompareFlags extends RunOptions {
  readonly runs?: string;
  readonly failOn?: 'worse';
  readonly json?: true;
  readonly wide?: true;
  readonly out?: string;
  readonly html?: string;
  readonly markdown?: string;
  readonly junit?: string;
}

/** `shardlab compare`: the table or the document to stdout, and as the exit code. */
export async function compareCommand(
  given: readonly string[],
  flags: CompareFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<ExitCode> {
  const { runs, failOn } = flags;
  const asked = runOptions(runs, given, flags);
  const out = flags.out ?? (asked === null ? undefined : defaultFolder('compare'));
  // Hours of measuring must not end at a place that cannot be written to.
  for (const path of [flags.html, flags.markdown, flags.junit]) {
    if (path !== undefined) await checkWritable(dirname(path));
  }
  if (out !== undefined) await checkWritable(out);
  const head = {
    startedAt: new Date().toISOString(),
    shardlab: shardlabVersion(),
    command: commandLine(argv, {}),
  };
  return interruptible(async (signal) => {
    const folder = await realpath('.');
    const launcher = resolve(present(process.argv[1], 'launcher'));
    const sides =
      asked === null || out === undefined
        ? await readSides(given, { folder, signal })
        : await measured({ ...asked, out, folder, launcher, signal }, streams);
    const document = compare(sides, head);
    await write(document, { ...flags, ...(out !== undefined && { out }) }, streams);
    if (signal.aborted) {
      streams.stderr.write('interrupted: the pairs that were measured before are compared\n');
      return signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
    }
    const judged = { failOnWorse: failOn === 'worse', fresh: asked !== null };
    return comparisonExitCode(document, judged);
  }, 'interrupted before anything was compared');
}

/** Both sides, run in turns. */
async function measured(
  asked: Omit<Parameters<typeof compareRuns>[0], 'progress'>,
  { stderr, environment }: Streams,
) {
  const progress = createProgress(stderr, wantsColour(stderr, environment));
  try {
    const sides = await compareRuns({ ...asked, progress });
    if (sides.every(({ runs }) => runs.length > 0)) return sides;
    throw new UserError(`interrupted before a pair of runs was measured; see ${asked.out}`, {
      exitCode: asked.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted,
    });
  } finally {
    progress.end();
  }
}

/** The answer first: whatever becomes of the files, it was heard. */
async function write(
  document: ComparisonDocument,
  flags: CompareFlags,
  streams: Streams,
): Promise<void> {
  const { stdout, stderr, environment } = streams;
  const json = formatComparison(document);
  const summary = comparisonSummary(document);
  if (flags.json === true) stdout.write(json);
  else stdout.write(comparisonTable(document, tableView(stdout, environment, flags)));
  const wanted: (readonly [string, string])[] = [];
  const add = (path: string | undefined, content: string): void => {
    if (path !== undefined) wanted.push([path, content]);
  };
  const { out, html, markdown, junit } = flags;
  if (out !== undefined || html !== undefined) {
    const page = await comparisonHtml(document);
    add(html, page);
    if (out !== undefined) {
      add(join(out, 'comparison.json'), json);
      add(join(out, 'report.html'), page);
      add(join(out, 'report.md'), comparisonMarkdown(document));
    }
  }
  add(markdown, summary);
  add(junit, comparisonJunit(document));
  for (const [path, content] of wanted) await writeAtomically(path, content);
  if (out !== undefined) stderr.write(`\nreport  ${join(out, 'report.html')}\n`);
  await addToStepSummary(summary, streams);
}
