import { dirname } from 'node:path';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { shardlabVersion } from '../host/environment.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { type Streams, tableView } from '../host/terminal.ts';
import { queriesJunit } from '../report/queries/junit.ts';
import { queriesMarkdown } from '../report/queries/markdown.ts';
import { queriesSarif } from '../report/queries/sarif.ts';
import { queriesTable } from '../report/queries/terminal.ts';
import { formatQueriesDocument, type QueriesDocument } from '../result/queries-document.ts';
import { checkQueries } from '../study/check-queries/check-queries.ts';
import type { QueryFlags } from '../study/check-queries/query-choices.ts';
import { addToStepSummary } from './step-summary.ts';

export interface CheckQueriesFlags extends QueryFlags {
  readonly json?: boolean;
  readonly md?: boolean;
  readonly wide?: true;
  readonly markdown?: string;
  readonly junit?: string;
  readonly sarif?: string;
}

/** `shardlab check-queries`: the answer to stdout and wherever it is asked for; the exit code. */
export async function checkQueriesCommand(
  given: readonly string[],
  flags: CheckQueriesFlags,
  streams: Streams,
): Promise<ExitCode> {
  for (const path of [flags.markdown, flags.junit, flags.sarif]) {
    if (path !== undefined) await checkWritable(dirname(path));
  }
  const progress = quietProgress(streams);
  const about = {
    startedAt: new Date().toISOString(),
    environment: { shardlab: shardlabVersion(), node: process.versions.node },
  };
  const document = await interruptible(
    (signal) =>
      checkQueries({ given, flags, about, signal, report: progress.report }).finally(progress.end),
    'interrupted before the statements were judged',
  );
  await write(document, flags, streams);
  return document.verdict.status === 'passed' ? exitCodes.ok : exitCodes.failed;
}

/** The answer first: whatever becomes of the files, it was heard. */
async function write(
  document: QueriesDocument,
  flags: CheckQueriesFlags,
  streams: Streams,
): Promise<void> {
  const { stdout, environment } = streams;
  const markdown = queriesMarkdown(document);
  if (flags.json === true) stdout.write(formatQueriesDocument(document));
  else if (flags.md === true) stdout.write(markdown);
  else stdout.write(queriesTable(document, tableView(stdout, environment, flags)));
  const { markdown: summary, junit, sarif } = flags;
  if (summary !== undefined) await writeAtomically(summary, markdown);
  if (junit !== undefined) await writeAtomically(junit, queriesJunit(document));
  if (sarif !== undefined) await writeAtomically(sarif, queriesSarif(document));
  await addToStepSummary(markdown, streams);
}
