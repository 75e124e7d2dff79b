import { join } from 'node:path';
import { styleText } from 'node:util';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { chooseFleet } from '../fleet/choose.ts';
import { fleetNames } from '../fleet/names.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { interruptible } from '../host/interrupt.ts';
import { createProgress, type Progress } from '../host/progress.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { describeError, type Streams, tableView, wantsColour } from '../host/terminal.ts';
import { capacityHtml, capacityMarkdown } from '../report/capacity/capacity-report.ts';
import { capacityTable } from '../report/capacity/terminal.ts';
import { type CapacityDocument, formatCapacityDocument } from '../result/capacity-document.ts';
import { type CapacityAsked, capacityChoices } from '../study/capacity/capacity-choices.ts';
import type { CapacityOutcome } from '../study/capacity/capacity-result.ts';
import { type CapacityOptions, measureCapacity } from '../study/capacity/measure-capacity.ts';
import { searchPlan } from '../study/capacity/search-plan.ts';
import { simulateCapacity } from '../study/capacity/simulate-capacity.ts';
import { loadPlanned, loadScenario, readScenario } from '../study/scenario/load-scenario.ts';
import { commandLine, defaultFolder, introduce } from './run-output.ts';

export interface CapacityFlags extends CapacityAsked {
  readonly strategy: readonly string[];
  readonly simulate?: true;
  readonly duration?: string;
  readonly rate?: string;
  readonly shards?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json?: true;
  readonly wide?: true;
  readonly fleet?: string;
  readonly dryRun?: true;
}

const overridesOf = ({ duration, rate, shards, seed, strategy }: CapacityFlags) => ({
  ...(duration !== undefined && { duration }),
  ...(rate !== undefined && { rate }),
  ...(shards !== undefined && { shards }),
  ...(seed !== undefined && { seed }),
  strategies: strategy,
});

/** `shardlab capacity`: the answer to stdout, everything else to stderr. */
export async function capacityCommand(
  path: string,
  flags: CapacityFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<ExitCode> {
  const { stderr, environment } = streams;
  const isMeasured = flags.simulate !== true;
  // What is wrong with the objective is said before rows are drawn.
  const read = await readScenario(path, overridesOf(flags), isMeasured ? 'load' : 'plan');
  const choices = capacityChoices(read.scenario, flags, isMeasured);
  const loading = quietProgress(streams);
  const load = isMeasured ? loadScenario : loadPlanned;
  const drawn = await load(path, overridesOf(flags), loading.report).finally(loading.end);
  const loaded = { ...drawn, scenario: { ...drawn.scenario, thresholds: choices.objectives } };
  const out = flags.out ?? defaultFolder(`${loaded.scenario.name}-capacity`);
  await checkWritable(out);
  const progress = createProgress(stderr, wantsColour(stderr, environment));
  introduce(loaded, progress);
  for (const line of searchPlan(loaded.scenario, choices, isMeasured)) progress.note(line);
  const given = { '--seed': loaded.scenario.seed };
  const keep = (document: CapacityDocument): Promise<void> =>
    writeAtomically(join(out, 'capacity.json'), formatCapacityDocument(document));
  const outcome = await interruptible((signal) => {
    const options = { loaded, choices, keep, progress, signal };
    if (!isMeasured) return simulateCapacity({ ...options, command: commandLine(argv, given) });
    return measured(options, flags, argv, streams);
  }).finally(() => progress.end());
  await writeReports(outcome.document, out);
  // Known before the table is written: its reader may be gone, and that ends the process.
  process.exitCode = outcome.exitCode;
  answer(outcome, out, flags, streams);
  return outcome.exitCode;
}

async function measured(
  options: Omit<CapacityOptions, 'command'> & { readonly progress: Progress },
  flags: CapacityFlags,
  argv: readonly string[],
  { environment }: Streams,
): Promise<CapacityOutcome> {
  const { loaded, signal, progress } = options;
  const { topology, seed } = loaded.scenario;
  const asked = fleetNames.find((name) => name === flags.fleet) ?? null;
  const { fleet, why } = await chooseFleet({ asked, urls: topology.urls, environment }, signal);
  progress.note(`fleet: ${fleet.name} (${why})`);
  const command = commandLine(argv, { '--seed': seed, '--fleet': fleet.name });
  return measureCapacity(fleet, { ...options, command });
}

/** `shardlab capacity --dry-run`: nothing is started or written. */
export async function capacityDryRun(
  path: string,
  flags: CapacityFlags,
  { stdout }: Streams,
): Promise<void> {
  const isMeasured = flags.simulate !== true;
  const { scenario } = await readScenario(path, overridesOf(flags), isMeasured ? 'load' : 'plan');
  const choices = capacityChoices(scenario, flags, isMeasured);
  stdout.write(`${searchPlan(scenario, choices, isMeasured).join('\n')}\n`);
}

async function writeReports(document: CapacityDocument, out: string): Promise<void> {
  await writeAtomically(join(out, 'report.html'), await capacityHtml(document));
  await writeAtomically(join(out, 'report.md'), capacityMarkdown(document));
}

function answer(
  { document, exitCode, problem }: CapacityOutcome,
  out: string,
  flags: CapacityFlags,
  streams: Streams,
): void {
  const { stdout, stderr, environment } = streams;
  if (flags.json === true) stdout.write(formatCapacityDocument(document));
  else stdout.write(capacityTable(document, tableView(stdout, environment, flags)));
  const bold = (text: string): string =>
    wantsColour(stderr, environment) ? styleText('bold', text) : text;
  stderr.write(`\n${bold('report')}    ${join(out, 'report.html')}\n`);
  stderr.write(`${bold('capacity')}  ${join(out, 'capacity.json')}\n`);
  if (exitCode === exitCodes.interrupted || exitCode === exitCodes.terminated) {
    stderr.write('interrupted: everything that was found before is kept\n');
  } else if (problem !== null) stderr.write(describeError(problem, streams));
  else if (exitCode === exitCodes.failed) {
    stderr.write(`no rate holds the objective (exit ${exitCodes.failed}): see above\n`);
  } else if (exitCode === exitCodes.invalid) {
    const exit = `(exit ${exitCodes.invalid})`;
    stderr.write(`an answer is not confirmed, or not that of the shards ${exit}: see above\n`);
  }
}
