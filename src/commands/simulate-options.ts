import { type Command, Option } from 'commander';
import type { ExitCode } from '../base/exit-codes.ts';
import type { Streams } from '../host/terminal.ts';
import { addLimitOptions } from './limit-options.ts';
import { wideOption } from './wide-option.ts';

/** Receives the exit code of a command that has one of its own. */
export type Finish = (code: ExitCode) => void;

/** Of an option that may be given several times. */
export const collect = (value: string, before: string[]): string[] => [...before, value];

/** Declares `simulate`; what it does is loaded when it is called. */
export function addSimulate(
  program: Command,
  argv: readonly string[],
  streams: Streams,
  finish: Finish,
): void {
  const command = program
    .command('simulate')
    .summary('simulate every strategy in virtual time, without a database')
    .description(
      'Simulates every strategy of a scenario in virtual time, with the service times ' +
        'from its part `simulation`. It gives the same table, result and reports as ' +
        '`run` but needs no database.',
    )
    .argument('<scenario>', 'a scenario file (YAML)')
    .addOption(
      new Option('--strategy <name>', 'simulate this cell only, such as tenant_id/jump; may repeat')
        .argParser(collect)
        .default([], 'all cells'),
    )
    .option('--duration <time>', 'window of each cell, such as 5s')
    .option('--rate <rate>', 'arrivals, such as 800/s (a bare number is per second)')
    .option('--shards <counts>', 'how many shards, such as 8; 4,8 simulates each strategy at both')
    .option('--tenants <number>', 'how many tenants, if they come from a distribution')
    .option(
      '--cores <number|own>',
      'CPU cores that all shards share (own: each shard has its own machine); default after ' +
        '--calibrate: the cores of the measured machine',
    )
    .addOption(
      new Option(
        '--calibrate <result>',
        'fit the service times to a measured result.json of this scenario; results with other ' +
          'shard counts or data show which operations read all rows of a shard; may repeat',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option(
      '--calibrate-on <cell>',
      'with --calibrate: use only this cell (default: the first cell on several shards, and the ' +
        'other cells for the time per row)',
    )
    .option('--seed <number>', 'whole number from which all random draws follow')
    .option('--out <folder>', 'where result.json and the reports go (default: results/runs/...)')
    .option('--json', 'print the result document instead of the table');
  addLimitOptions(command)
    .addOption(wideOption())
    .action(async (scenario: string, flags: import('./simulate-command.ts').SimulateFlags) => {
      const { simulateCommand } = await import('./simulate-command.ts');
      finish(await simulateCommand(scenario, flags, argv, streams));
    });
}
