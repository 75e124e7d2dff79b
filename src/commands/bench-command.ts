import { join } from 'node:path';
import { styleText } from 'node:util';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { machineFacts } from '../host/environment.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress, timeLeft } from '../host/progress.ts';
import { tableView, type Streams, wantsColour } from '../host/terminal.ts';
import { benchHtml, benchMarkdown } from '../report/bench/bench-report.ts';
import { benchTable } from '../report/bench/terminal.ts';
import type { BenchDocument } from '../result/bench-document.ts';
import { formatBenchDocument } from '../result/bench-parse.ts';
import { bench } from '../study/bench/bench.ts';
import { benchChoices, type BenchFlags } from '../study/bench/bench-flags.ts';
import { commandLine, defaultFolder } from './run-output.ts';

/** `shardlab bench`: the table or the document to stdout, everything else to stderr. */
export async function benchCommand(
  flags: BenchFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<ExitCode> {
  const { stderr, environment } = streams;
  const choices = await benchChoices(flags);
  const out = flags.out ?? defaultFolder('bench');
  await checkWritable(out);
  stderr.write(`seed ${choices.seed}\n`);
  const about = {
    startedAt: new Date().toISOString(),
    command: commandLine(argv, { '--seed': choices.seed }),
    machine: await machineFacts(),
  };
  const progress = createProgress(stderr, wantsColour(stderr, environment));
  const listener = {
    progress: (text: string, fraction: number) =>
      progress.stage(text, fraction, timeLeft(choices.maxMs, fraction)),
    measured: (document: BenchDocument) =>
      writeAtomically(join(out, 'bench.json'), formatBenchDocument(document)),
  };
  return interruptible(async (signal) => {
    const document = await bench(choices, about, listener, signal).finally(() => progress.end());
    await writeAtomically(join(out, 'report.html'), await benchHtml(document));
    await writeAtomically(join(out, 'report.md'), benchMarkdown(document));
    answer(document, out, flags, streams);
    if (!document.interrupted) return exitCodes.ok;
    stderr.write('interrupted: everything that was measured before is kept\n');
    return signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
  });
}

function answer(document: BenchDocument, out: string, flags: BenchFlags, streams: Streams): void {
  const { stdout, stderr, environment } = streams;
  if (flags.json === true) stdout.write(formatBenchDocument(document));
  else stdout.write(benchTable(document, tableView(stdout, environment, flags)));
  const bold = (text: string): string =>
    wantsColour(stderr, environment) ? styleText('bold', text) : text;
  stderr.write(`\n${bold('report')}  ${join(out, 'report.html')}\n`);
  stderr.write(`${bold('bench')}   ${join(out, 'bench.json')}\n`);
}
