import { type Command, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';
import { collect, type Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

export function addAdvise(
  program: Command,
  argv: readonly string[],
  streams: Streams,
  finish: Finish,
): void {
  program
    .command('advise')
    .summary('recommend a shard key, a router and a number of shards, or none')
    .description(
      'Compares, without a database, every shard key of a scenario with several routers on ' +
        'several numbers of shards, and with staying on one instance. It recommends one of them ' +
        'and says why each of the others is not. It prints a table on stdout and writes ' +
        'advice.json, report.html and report.md in the output folder, and in its folder next ' +
        'what to use next. With --measure it searches the capacity of the best ' +
        'candidates on real shards and says whether the ranking held; the exit code is 5 if ' +
        'doubtful measurements are why that cannot be told.',
    )
    .argument('<scenario>', 'a scenario file (YAML), or characteristics.json of profile')
    .option('--from <file>', 'characteristics.json of profile: its keys, unless some are named')
    .option('--shards <counts>', 'numbers of shards, such as 4,8,16 (the default)')
    .addOption(
      new Option('--key <key>', 'only this shard key; may be given several times')
        .argParser(collect)
        .default([], 'all keys of the scenario'),
    )
    .addOption(
      new Option('--router <router>', 'only this router, such as jump; may be given several times')
        .argParser(collect)
        .default([], 'those of the strategies, and eight more'),
    )
    .addOption(
      new Option(
        '--objective <objective>',
        'what the answer must meet: p99=50ms, capacity=2x or months=24; may be given several times',
      )
        .argParser(collect)
        .default([], 'those of the scenario'),
    )
    .option('--samples <number>', 'placements that each band is over (default: 1000)')
    .option('--measure <number>', 'measure so many of the best, and one of another key, on shards')
    .addOption(
      new Option(
        '--fleet <fleet>',
        'where measured shards come from (default: docker if there is one, otherwise embedded)',
      )
        .choices(['docker', 'embedded', 'urls'])
        .env('SHARDLAB_FLEET'),
    )
    .option('--seed <number>', 'whole number that decides all random draws')
    .option('--out <folder>', 'folder for the document and its report (default: results/runs/...)')
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .action(async (scenario: string, flags: import('./advise-command.ts').AdviseFlags) => {
      const { adviseCommand } = await import('./advise-command.ts');
      finish(await adviseCommand(scenario, flags, argv, streams));
    });
}
