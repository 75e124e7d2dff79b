import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { machineFacts } from '../host/environment.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress, timeLeft } from '../host/progress.ts';
import { tableView, type Streams, wantsColour } from '../host/terminal.ts';
import { gateAnnotations } from '../report/gate/annotations.ts';
import { gateBenchmarks } from '../report/gate/benchmark-json.ts';
import { gateJunit } from '../report/gate/junit.ts';
import { gateMarkdown } from '../report/gate/markdown.ts';
import { gateTable } from '../report/gate/terminal.ts';
import { formatGateDocument, type GateDocument } from '../result/gate-document.ts';
import { gate } from '../study/gate/gate.ts';
import { type GateChoices, gateChoices, type GateFlags } from '../study/gate/gate-choices.ts';
import { writeCounters } from '../study/gate/gate-counters.ts';
import { gateRouters } from '../study/gate/gate-routers.ts';
import { annotate } from './annotate.ts';
import { addToStepSummary } from './step-summary.ts';

/** `shardlab gate`: the verdict to stdout and wherever it is asked for, and as the exit code. */
export async function gateCommand(flags: GateFlags, streams: Streams): Promise<ExitCode> {
  const choices = gateChoices(flags);
  const folder = await realpath('.');
  if (flags.writeCounters === true) {
    const routers = await gateRouters(choices.routers, folder);
    const path = await writeCounters(routers, choices.routers.length === 0, folder);
    streams.stdout.write(`${path}\n`);
    return exitCodes.ok;
  }
  // A minute of measuring must not end at a place that cannot be written to.
  for (const path of [flags.markdown, flags.junit, flags.benchmarkJson]) {
    if (path !== undefined) await checkWritable(dirname(path));
  }
  if (flags.out !== undefined) await checkWritable(flags.out);
  return interruptible(async (signal) => {
    const document = await judged(choices, folder, signal, streams);
    if (signal.aborted) {
      throw new UserError('interrupted before the gate was decided', {
        exitCode: signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted,
      });
    }
    await write(document, flags, streams);
    return codeOf(document);
  });
}

function codeOf({ verdict }: GateDocument): ExitCode {
  const known = [exitCodes.ok, exitCodes.failed, exitCodes.undecided] as const;
  return known.find((code) => code === verdict.exitCode) ?? exitCodes.failed;
}

async function judged(
  choices: GateChoices,
  folder: string,
  signal: AbortSignal,
  { stderr, environment }: Streams,
): Promise<GateDocument> {
  const progress = createProgress(stderr, wantsColour(stderr, environment));
  try {
    progress.note(`seed ${choices.seed}`);
    return await gate(choices, {
      folder,
      machine: await machineFacts(),
      startedAt: new Date().toISOString(),
      signal,
      note: (text) => progress.note(text),
      onProgress: ({ router, round, fraction, open }) => {
        const where = stderr.isTTY ? `: ${router}, round ${round}` : '';
        progress.stage(
          `timing, not decided yet: ${open} ${open === 1 ? 'router' : 'routers'}${where}`,
          fraction,
          timeLeft(choices.maxTimeMs, fraction),
        );
      },
    });
  } finally {
    progress.end();
  }
}

/** The answer first: whatever becomes of the files, it was heard. */
async function write(document: GateDocument, flags: GateFlags, streams: Streams): Promise<void> {
  const { stdout, environment } = streams;
  const json = formatGateDocument(document);
  const markdown = gateMarkdown(document);
  if (flags.json === true) stdout.write(json);
  else stdout.write(gateTable(document, tableView(stdout, environment, flags)));
  const wanted: (readonly [string, string])[] = [];
  const add = (path: string | undefined, content: string): void => {
    if (path !== undefined) wanted.push([path, content]);
  };
  const within = (name: string): string | undefined =>
    flags.out === undefined ? undefined : join(flags.out, name);
  add(within('gate.json'), json);
  for (const path of [within('gate.md'), flags.markdown]) add(path, markdown);
  for (const path of [within('junit.xml'), flags.junit]) add(path, gateJunit(document));
  for (const path of [within('benchmark.json'), flags.benchmarkJson]) {
    add(path, gateBenchmarks(document));
  }
  for (const [path, content] of wanted) await writeAtomically(path, content);
  await addToStepSummary(markdown, streams);
  annotate(gateAnnotations(document), streams);
}
