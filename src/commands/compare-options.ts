import { type Command, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';
import { collect, type Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

/** Declares `compare`; what it does is loaded when it is called. */
export function addCompare(
  program: Command,
  argv: readonly string[],
  streams: Streams,
  finish: Finish,
): void {
  const command = program
    .command('compare')
    .summary('compare results, with intervals')
    .description(
      'Compares two results or more: what differs in scenario and environment, counts exactly, ' +
        'times with intervals. Several runs of a side are a folder. Of more than two results, or ' +
        'of one folder of dated results, it also shows the trend. With --runs it makes the runs ' +
        'itself, of two scenarios in turns. Exit code 4 with --fail-on worse: side b is worse.',
    )
    .argument(
      '<sides...>',
      'result files, folders of results, or <ref>:<path> of committed ones; with --runs two ' +
        'scenarios, or <ref>:<scenario>',
    )
    .option('--runs <number>', 'run both sides so many times, in turns (1 to 100; claims need 5)')
    .addOption(
      new Option('--fail-on <verdict>', 'exit code 4 if any difference has this verdict').choices([
        'worse',
      ]),
    );
  addRunOptions(command)
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .option('--out <folder>', 'write comparison.json and the reports there (--runs always does)')
    .option('--html <file>', 'write the report as HTML there')
    .option('--markdown <file>', 'write a summary for a pull request there')
    .option('--junit <file>', 'write the outcome as JUnit XML there')
    .action(async (sides: string[], flags: import('./compare-command.ts').CompareFlags) => {
      const { compareCommand } = await import('./compare-command.ts');
      finish(await compareCommand(sides, flags, argv, streams));
    });
}

/** What is passed on to the runs. */
function addRunOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--strategy <name>',
        'with --runs: measure this cell only; may be given several times',
      )
        .argParser(collect)
        .default([], 'all cells'),
    )
    .option('--duration <time>', 'with --runs: measured window of each cell, such as 5s')
    .option('--repeat <number>', 'with --runs: measure each window in so many parts')
    .option('--rate <rate>', 'with --runs: arrivals, such as 800/s')
    .option('--shards <counts>', 'with --runs: how many shards, such as 8')
    .option('--seed <number>', 'with --runs: whole number that decides all random draws')
    .addOption(
      new Option('--fleet <fleet>', 'with --runs: where shards come from').choices([
        'docker',
        'embedded',
        'urls',
      ]),
    );
}
