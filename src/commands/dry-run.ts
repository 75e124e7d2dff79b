import { fleetNames } from '../fleet/names.ts';
import { columnsOf, type Streams, tableView } from '../host/terminal.ts';
import { folded } from '../report/terminal-layout.ts';
import { dryRun } from '../study/run/dry-run.ts';
import { readScenario } from '../study/scenario/load-scenario.ts';
import type { RunFlags } from './run-command.ts';

/** `shardlab run --dry-run`: the answer to stdout; nothing is started or written. */
export async function dryRunCommand(
  path: string,
  { strategy, ...flags }: RunFlags,
  { stdout, environment }: Streams,
): Promise<void> {
  const read = await readScenario(path, { ...flags, strategies: strategy });
  const asked = fleetNames.find((name) => name === flags.fleet) ?? null;
  const view = tableView(stdout, environment, flags);
  const { lines, tables, problems } = await dryRun(read, asked, environment, view);
  const width = columnsOf(stdout);
  const paragraphs = problems.map(
    (text) => `\n${folded(text, width).join('\n').replaceAll('\n  ', '\n')}`,
  );
  const all = [...lines, ...(tables === '' ? [] : [`\n${tables}`]), ...paragraphs];
  stdout.write(`${all.join('\n')}\n`);
}
