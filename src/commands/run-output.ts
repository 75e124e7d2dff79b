import { join } from 'node:path';
import { styleText } from 'node:util';
import { exitCodes } from '../base/exit-codes.ts';
import { writeAtomically } from '../host/files.ts';
import type { Progress } from '../host/progress.ts';
import { describeError, tableView, type Streams, wantsColour } from '../host/terminal.ts';
import { machineLines } from '../report/machine-lines.ts';
import { terminalTable } from '../report/terminal.ts';
import { thresholdSummary } from '../report/threshold-lines.ts';
import { doubtfulCells } from '../result/cells.ts';
import { formatRunResult } from '../result/parse.ts';
import { repeatMs } from '../scenario/repeat.ts';
import type { Scenario } from '../scenario/types.ts';
import type { TenantSource } from '../scenario/tenant-types.ts';
import type { RunResult, Skew } from '../result/types.ts';
import type { LoadedScenario } from '../study/scenario/load-scenario.ts';
import { report } from './report.ts';
import type { RunOutcome } from '../study/cells/run-outcome.ts';
import { counted, duration, percent } from '../wording/format.ts';

/** Where a run goes that was not told where. */
export const defaultFolder = (name: string): string => {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return join('results', 'runs', `${time}-${name.replaceAll(/[^\w.-]+/g, '_').slice(0, 60)}`);
};

/** The seed first, then the skew asked for beside the skew achieved. */
export function introduce({ scenario, workload, plan }: LoadedScenario, progress: Progress): void {
  progress.note(`seed ${scenario.seed}`);
  const all = counted(workload.tenants.count, 'tenant');
  const tenants = [all, ...changesOf(scenario.tenants)].join(', ');
  progress.note(
    `${tenants}; share of the load   asked   achieved\n` + skewLines(plan.asked, plan.achieved),
  );
}

/** What a run does with the windows of its cells. */
export function introduceRepeats(scenario: Scenario, progress: Progress): void {
  const { repeat } = scenario;
  if (repeat === 1) return;
  const part = duration(repeatMs(scenario));
  progress.note(`each window in ${repeat} parts of ${part}, with those of other cells in between`);
}

/** How many are not there all the time. */
function changesOf({ join: joining = 0, leave: leaving = 0 }: TenantSource): string[] {
  const parts = [
    ...(joining > 0 ? [`${joining} join`] : []),
    ...(leaving > 0 ? [`${leaving} leave`] : []),
  ];
  return parts.length === 0 ? [] : [`of which ${parts.join(' and ')} meanwhile`];
}

function skewLines(asked: Skew, achieved: Skew): string {
  const rows = [
    ['largest tenant', asked.top1, achieved.top1],
    ['largest 10', asked.top10, achieved.top10],
    ['largest 1 %', asked.top1pct, achieved.top1pct],
  ] as const;
  const cell = (share: number): string => percent(share).padStart(9);
  return rows.map(([name, a, b]) => `  ${name.padEnd(24)}${cell(a)}${cell(b)}`).join('\n');
}

/** What repeats this very run: the command as typed, with what was chosen for it. */
export function commandLine(
  argv: readonly string[],
  chosen: Readonly<Record<string, string | number>>,
): string {
  const words = argv.slice(2).map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`));
  const given = (option: string): boolean =>
    argv.some((word) => word === option || word.startsWith(`${option}=`));
  const added = Object.entries(chosen)
    .filter(([option]) => !given(option))
    .map(([option, value]) => `${option} ${value}`);
  return ['shardlab', ...words, ...added].join(' ');
}

/** The reports that stand beside result.json. */
export async function writeReports(result: RunResult, out: string): Promise<void> {
  const text = formatRunResult(result);
  for (const format of ['html', 'md'] as const) {
    for (const { path, content } of await report(text, join(out, 'result.json'), { format })) {
      await writeAtomically(path, content);
    }
  }
}

/** Keeps the document of a run in its folder, each time in place of the one before. */
export function keptIn(out: string): (result: RunResult) => Promise<void> {
  return (result) => writeAtomically(join(out, 'result.json'), formatRunResult(result));
}

/** The answer to stdout, where it was put to stderr. */
export function answer(
  outcome: RunOutcome,
  out: string,
  flags: { readonly json?: true; readonly wide?: true },
  streams: Streams,
): void {
  const { stdout, stderr, environment } = streams;
  const { result, problem } = outcome;
  if (flags.json === true) stdout.write(formatRunResult(result));
  else stdout.write(terminalTable(result, tableView(stdout, environment, flags)));
  const bold = (text: string): string =>
    wantsColour(stderr, environment) ? styleText('bold', text) : text;
  stderr.write(`\n${bold('report')}  ${join(out, 'report.html')}\n`);
  stderr.write(`${bold('result')}  ${join(out, 'result.json')}\n`);
  const interrupted =
    outcome.exitCode === exitCodes.interrupted || outcome.exitCode === exitCodes.terminated;
  if (interrupted) stderr.write('interrupted: everything that was measured before is kept\n');
  else if (problem !== null) stderr.write(describeError(problem, streams));
  else if (outcome.exitCode === exitCodes.invalid) {
    const cells = doubtfulCells(result).join(', ');
    stderr.write(`the numbers are not valid (exit ${exitCodes.invalid}): ${cells}\n`);
    for (const line of machineLines(result)) stderr.write(`${line}\n`);
  } else if (outcome.exitCode === exitCodes.failed) {
    const summary = thresholdSummary(result.thresholds ?? []);
    stderr.write(`${summary.replace(/\.$/, '')} (exit ${exitCodes.failed})\n`);
  }
}
