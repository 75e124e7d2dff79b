import { join } from 'node:path';
import { styleText } from 'node:util';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { shardlabVersion } from '../host/environment.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { describeError, type Streams, tableView, wantsColour } from '../host/terminal.ts';
import { adviceHtml, adviceMarkdown } from '../report/advice/advice-report.ts';
import { adviceTable } from '../report/advice/terminal.ts';
import type { AdviceDocument } from '../result/advice-document.ts';
import { formatAdviceDocument } from '../result/advice-parse.ts';
import { findRouter } from '../router/registry.ts';
import { advise } from '../study/advise/advise.ts';
import { cheaperRemedies, profiledScenario } from '../study/advise/profiled-scenario.ts';
import { withObjectives } from '../study/advise/asked-objectives.ts';
import { withCandidates } from '../study/advise/asked-scenario.ts';
import { checkMeasurable, type MeasuredAdvice } from '../study/advise/measure-advice.ts';
import { withOverlays } from '../study/advise/overlay-candidates.ts';
import {
  advisedArtefacts,
  nextFiles,
  nextFolder,
  writeArtefacts,
} from '../study/advise/write-artefacts.ts';
import type { Scenario } from '../scenario/types.ts';
import { loadPlanned } from '../study/scenario/load-scenario.ts';
import { measureAdvised } from './advise-measure.ts';
import { flagReader } from './flag-reader.ts';
import { commandLine, defaultFolder } from './run-output.ts';

/** What the command line gave, as typed. */
export interface AdviseFlags {
  readonly key: readonly string[];
  readonly from?: string;
  readonly router: readonly string[];
  readonly shards?: string;
  readonly objective: readonly string[];
  readonly samples?: string;
  readonly measure?: string;
  readonly fleet?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: true;
  readonly wide?: true;
}

const shardsDefault = [4, 8, 16];
const shardsMost = 512;
const samplesDefault = 1000;
/** A ranking needs two, and of more than these each would be told in an hour. */
const measureAllowed = { least: 2, most: 12 };

/** `shardlab advise`: the answer to stdout, everything else to stderr. */
export async function adviseCommand(
  given: string,
  flags: AdviseFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<ExitCode> {
  const { shardCounts, draws, best } = choicesOf(flags);
  const { path, seen } = await profiledScenario(given, flags.from);
  const asked = { keys: flags.key, routers: flags.router.map(findRouter) };
  const overrides = flags.seed === undefined ? {} : { seed: flags.seed };
  const changed = (scenario: Scenario): Scenario =>
    withCandidates(withObjectives(scenario, flags.objective), asked, seen);
  // What cannot be measured is said before anything is computed.
  if (best !== null) await checkMeasurable({ path, overrides, changed, best });
  const loading = quietProgress(streams);
  const planned = await loadPlanned(path, overrides, loading.report, changed).finally(loading.end);
  const loaded = withOverlays(planned, asked.routers, shardCounts);
  const { name, seed } = loaded.scenario;
  const out = flags.out ?? defaultFolder(`${name}-advice`);
  await checkWritable(out);
  streams.stderr.write(`seed ${seed}\n`);
  const progress = quietProgress(streams);
  const advised = await advise({
    loaded,
    shardCounts,
    draws,
    before: cheaperRemedies(seen),
    about: {
      startedAt: new Date().toISOString(),
      command: commandLine(argv, { '--seed': seed }),
      shardlab: shardlabVersion(),
    },
    report: progress.report,
  }).finally(progress.end);
  const artefacts = advisedArtefacts(loaded, advised.recommendation);
  const document = { ...advised, next: nextFiles(artefacts) };
  await writeFiles(document, out);
  await writeArtefacts(join(out, nextFolder), artefacts);
  if (best === null) {
    answer(document, out, flags, streams);
    return exitCodes.ok;
  }
  const { fleet } = flags;
  const wanted = { path, overrides, changed, best, document, planned: loaded, draws, fleet, out };
  let measured: MeasuredAdvice;
  try {
    measured = await measureAdvised(wanted, streams);
  } catch (error) {
    // The advice needs no shards: it stands, whatever keeps it from being measured.
    answer(document, out, flags, streams);
    throw error;
  }
  await writeFiles(measured.document, out);
  // Known before the table is written: its reader may be gone, and that ends the process.
  process.exitCode = measured.exitCode;
  answer(measured.document, out, flags, streams);
  stopped(measured, streams);
  return measured.exitCode;
}

async function writeFiles(document: AdviceDocument, out: string): Promise<void> {
  await writeAtomically(join(out, 'advice.json'), formatAdviceDocument(document));
  await writeAtomically(join(out, 'report.html'), await adviceHtml(document));
  await writeAtomically(join(out, 'report.md'), adviceMarkdown(document));
}

function answer(document: AdviceDocument, out: string, flags: AdviseFlags, streams: Streams): void {
  const { stdout, stderr, environment } = streams;
  if (flags.json === true) stdout.write(formatAdviceDocument(document));
  else stdout.write(adviceTable(document, tableView(stdout, environment, flags)));
  const bold = (text: string): string =>
    wantsColour(stderr, environment) ? styleText('bold', text) : text;
  stderr.write(`\n${bold('report')}  ${join(out, 'report.html')}\n`);
  stderr.write(`${bold('advice')}  ${join(out, 'advice.json')}\n`);
  if (document.next.length > 0) stderr.write(`${bold('next')}    ${join(out, nextFolder)}\n`);
}

/** Why the measurement ended before its end, if it did. */
function stopped({ exitCode, problem }: MeasuredAdvice, streams: Streams): void {
  const { stderr } = streams;
  if (exitCode === exitCodes.interrupted || exitCode === exitCodes.terminated) {
    stderr.write('interrupted: everything that was measured before is kept\n');
  } else if (problem !== null) stderr.write(describeError(problem, streams));
  else if (exitCode === exitCodes.invalid) {
    stderr.write(`the measurement is not valid (exit ${exitCodes.invalid}): see above\n`);
  }
}

function choicesOf({ shards, samples, measure }: AdviseFlags) {
  const problems: string[] = [];
  const read = flagReader(problems);
  const choices = {
    shardCounts:
      read(
        'shards',
        shards,
        countsOf,
        `numbers of shards between commas, such as 4,8,16: each once, from 2 to ${shardsMost}`,
      ) ?? shardsDefault,
    draws:
      read(
        'samples',
        samples,
        (text) => whole(text, 20, 10_000),
        'a whole number from 20 to 10000',
      ) ?? samplesDefault,
    best: read(
      'measure',
      measure,
      (text) => whole(text, measureAllowed.least, measureAllowed.most),
      `a whole number from ${measureAllowed.least} to ${measureAllowed.most}`,
    ),
  };
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  return choices;
}

function countsOf(text: string): number[] | undefined {
  const found = text.split(',').flatMap((part) => whole(part.trim(), 2, shardsMost) ?? []);
  const isEach = found.length === text.split(',').length;
  return isEach && new Set(found).size === found.length ? found : undefined;
}

function whole(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
}
