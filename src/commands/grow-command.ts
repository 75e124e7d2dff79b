import { join } from 'node:path';
import { styleText } from 'node:util';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { shardlabVersion } from '../host/environment.ts';
import { checkWritable, writeAtomically } from '../host/files.ts';
import { quietProgress } from '../host/quiet-progress.ts';
import { tableView, type Streams, wantsColour } from '../host/terminal.ts';
import { growthHtml, growthMarkdown } from '../report/growth/growth-report.ts';
import { growthTable } from '../report/growth/terminal.ts';
import type { GrowthDocument } from '../result/growth-document.ts';
import { formatGrowthDocument } from '../result/growth-parse.ts';
import type { Scenario } from '../scenario/types.ts';
import { grow } from '../study/grow/grow.ts';
import { type GrowChoices, growChoices, type GrowFlags } from './grow-flags.ts';
import { grownStrategies } from '../study/grow/grow-strategies.ts';
import { readResults, statedCapacity, withCosts } from '../study/grow/stated-capacity.ts';
import { loadPlanned } from '../study/scenario/load-scenario.ts';
import { commandLine, defaultFolder } from './run-output.ts';

/** `shardlab grow`: the answer to stdout, everything else to stderr. */
export async function growCommand(
  path: string,
  flags: GrowFlags,
  argv: readonly string[],
  streams: Streams,
): Promise<void> {
  const choices = growChoices(flags);
  const overrides = flags.seed === undefined ? {} : { seed: flags.seed };
  const loading = quietProgress(streams);
  const asWritten = await loadPlanned(path, overrides, loading.report).finally(loading.end);
  const results = await readResults(choices.from);
  const scenario = withCosts(asWritten.scenario, results);
  const loaded = { ...asWritten, scenario };
  const strategies = grownStrategies(scenario, flags.router);
  const to = pathOf(scenario, choices, path);
  const stated = statedCapacity(scenario, choices.capacity, results);
  const out = flags.out ?? defaultFolder(`${scenario.name}-growth`);
  await checkWritable(out);
  streams.stderr.write(`seed ${scenario.seed}\n${beginning(scenario)}`);
  const progress = quietProgress(streams);
  const document = await grow({
    loaded,
    path,
    strategies,
    to,
    stated,
    samples: choices.samples,
    keys: choices.keys,
    about: {
      startedAt: new Date().toISOString(),
      command: commandLine(argv, { '--seed': scenario.seed }),
      shardlab: shardlabVersion(),
    },
    report: progress.report,
  }).finally(progress.end);
  await writeFiles(document, out);
  answer(document, out, flags, streams);
}

/** Of several counts one is the present. */
function beginning({ topology: { shards, furtherShards = [] } }: Scenario): string {
  if (furtherShards.length === 0) return '';
  const list = [shards, ...furtherShards].join(', ');
  return `topology.shards lists ${list}: growth starts from the first of them, ${shards}\n`;
}

/** The path asked for; the scenario's own where none is. */
function pathOf({ growth }: Scenario, { to }: GrowChoices, path: string): readonly number[] {
  const counts = to ?? growth.to;
  if (counts.length > 0) return counts;
  throw new UserError(
    `${path} has no growth.to, so it does not say to which shard counts it grows`,
    {
      exitCode: exitCodes.usage,
      hint: 'Give the shard counts, such as --to 5,8,16.',
    },
  );
}

async function writeFiles(document: GrowthDocument, out: string): Promise<void> {
  await writeAtomically(join(out, 'growth.json'), formatGrowthDocument(document));
  await writeAtomically(join(out, 'report.html'), await growthHtml(document));
  await writeAtomically(join(out, 'report.md'), growthMarkdown(document));
}

function answer(document: GrowthDocument, out: string, flags: GrowFlags, streams: Streams): void {
  const { stdout, stderr, environment } = streams;
  if (flags.json === true) stdout.write(formatGrowthDocument(document));
  else stdout.write(growthTable(document, tableView(stdout, environment, flags)));
  const bold = (text: string): string =>
    wantsColour(stderr, environment) ? styleText('bold', text) : text;
  stderr.write(`\n${bold('report')}  ${join(out, 'report.html')}\n`);
  stderr.write(`${bold('growth')}  ${join(out, 'growth.json')}\n`);
}
