import { appendFile } from 'node:fs/promises';
import type { Streams } from '../host/terminal.ts';

/** Adds a text in Markdown to the summary of a GitHub job, where one runs. */
export async function addToStepSummary(
  markdown: string,
  { stderr, environment }: Streams,
): Promise<void> {
  const summary = environment['GITHUB_STEP_SUMMARY'];
  if (summary === undefined || summary === '') return;
  try {
    await appendFile(summary, `${markdown}\n`);
  } catch (error) {
    // Of the runner's making, not of the user's: no reason to change the verdict.
    stderr.write(`warning: GITHUB_STEP_SUMMARY cannot be written: ${(error as Error).message}\n`);
  }
}
