import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';
import { addLimitOptions } from './limit-options.ts';
import { liveOption } from './live-option.ts';
import { collect, type Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

/** Declares `run`; what it does is loaded when it is called. */
export function addRun(
  program: Command,
  argv: readonly string[],
  streams: Streams,
  finish: Finish,
): void {
  const command = program
    .command('run')
    .summary('measure every strategy on real shards')
    .description(
      'Measures every strategy of a scenario on real shards. It prints a table on stdout and ' +
        'writes result.json, report.html and report.md in the output folder.',
    )
    .argument('<scenario>', 'a scenario file (YAML)')
    .addOption(
      new Option(
        '--strategy <name>',
        'measure this cell only, such as tenant_id/jump; may be given several times',
      )
        .argParser(collect)
        .default([], 'all cells'),
    )
    .option('--duration <time>', 'measured window of each cell, such as 5s')
    .option(
      '--repeat <number>',
      'measure each window in so many parts, other cells in between; 5 or more rank latencies',
    )
    .addOption(
      new Option(
        '--retries <number>',
        'how often a cell that the machine has spoilt is measured again',
      )
        .argParser(retriesOf)
        .env('SHARDLAB_RETRIES')
        .default(1),
    )
    .option('--rate <rate>', 'arrivals, such as 800/s (a number without a unit is per second)')
    .option('--shards <counts>', 'how many shards, such as 8; 4,8 measures each strategy with both')
    .option('--seed <number>', 'whole number that decides all random draws')
    .option('--out <folder>', 'folder for result.json and the reports (default: results/runs/...)')
    .option('--json', 'print the result document instead of the table')
    .addOption(wideOption())
    .addOption(
      new Option(
        '--fleet <fleet>',
        'where shards come from (default: docker if there is one, otherwise embedded)',
      )
        .choices(['docker', 'embedded', 'urls'])
        .env('SHARDLAB_FLEET'),
    );
  addLimitOptions(command)
    .addOption(liveOption())
    .option('--dry-run', 'print the cells, the arrivals and the time it will take')
    .action(async (scenario: string, flags: import('./run-command.ts').RunFlags) => {
      if (flags.dryRun === true) {
        const { dryRunCommand } = await import('./dry-run.ts');
        return dryRunCommand(scenario, flags, streams);
      }
      const { runCommand } = await import('./run-command.ts');
      finish(await runCommand(scenario, flags, argv, streams));
    });
}

const retriesMax = 10;

function retriesOf(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= retriesMax) return Number(text);
  throw new InvalidArgumentError(`Allowed are whole numbers from 0 to ${retriesMax}.`);
}
