import { type Command, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';
import { collect, type Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

/** Declares `capacity`; what it does is loaded when it is called. */
export function addCapacity(
  program: Command,
  argv: readonly string[],
  streams: Streams,
  finish: Finish,
): void {
  program
    .command('capacity')
    .summary('find the largest rate that each strategy sustains')
    .description(
      'Searches, for every strategy of a scenario, the largest rate that holds an objective: a ' +
        'ramp, then halving, then repeats of the rate that was found. Shards are loaded once for ' +
        'each strategy. It prints a table on stdout and writes capacity.json, report.html and ' +
        'report.md in the output folder. The exit code is 4 if no rate holds the objective, and ' +
        '5 if the load generator was the limit or the answer is not confirmed.',
    )
    .argument('<scenario>', 'a scenario file (YAML)')
    .addOption(
      new Option(
        '--objective <limit>',
        "what must hold, such as 'p(99)<50ms' of the response time, or " +
          "'response_ms{operation:place_order}: p(95)<20'; may be given several times",
      )
        .argParser(collect)
        .default([], 'the limits of the scenario that follow from the rate, otherwise p(99)<50ms'),
    )
    .addOption(
      new Option('--strategy <name>', 'search this strategy only; may be given several times')
        .argParser(collect)
        .default([], 'all strategies'),
    )
    .option('--simulate', 'search in virtual time, without a database')
    .option('--duration <time>', 'window of each step, such as 15s')
    .option('--rate <rate>', 'where the ramp begins (default: the rate of the scenario)')
    .option('--min-rate <rate>', 'lowest rate to try (default: 1/64 of where it begins)')
    .option('--max-rate <rate>', 'largest rate to try (default: 64 times where it begins)')
    .option('--max-steps <number>', 'steps of each strategy at the most (default: 24)')
    .option('--shards <counts>', 'how many shards, such as 8; 4,8 searches with both')
    .option('--seed <number>', 'whole number that decides all random draws')
    .option('--out <folder>', 'folder for the files (default: results/runs/...)')
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .addOption(
      new Option(
        '--fleet <fleet>',
        'where shards come from (default: docker if there is one, otherwise embedded)',
      )
        .choices(['docker', 'embedded', 'urls'])
        .env('SHARDLAB_FLEET'),
    )
    .option('--dry-run', 'print the strategies, the rates and the time it will take')
    .action(async (scenario: string, flags: import('./capacity-command.ts').CapacityFlags) => {
      const { capacityCommand, capacityDryRun } = await import('./capacity-command.ts');
      if (flags.dryRun === true) return capacityDryRun(scenario, flags, streams);
      finish(await capacityCommand(scenario, flags, argv, streams));
    });
}
