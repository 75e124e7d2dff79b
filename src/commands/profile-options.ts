import type { Command } from 'commander';
import type { Streams } from '../host/terminal.ts';
import { wideOption } from './wide-option.ts';

export function addProfile(program: Command, argv: readonly string[], streams: Streams): void {
  program
    .command('profile')
    .summary('learn a workload from a database, files or logs')
    .description(
      'Looks at what you have (a Postgres that it only reads, files of rows, logs or dumps of ' +
        'statements), says what each candidate for the shard key would make of it, and writes a ' +
        'scenario that stands for it, with a comment behind every number. It prints a table on ' +
        'stdout; characteristics.json, report.html and report.md go to a folder beside the ' +
        'scenario.',
    )
    .argument(
      '<source...>',
      'postgres://user@host/database; a CSV, TSV or Parquet file; a Postgres log (csvlog, ' +
        'jsonlog, stderr); a dump of pg_stat_statements; a file of SQL; - for one of these files ' +
        'on stdin',
    )
    .option('--out <file>', 'where to write the scenario', 'my-scenario.yaml')
    .option('--key <candidate>', 'the candidate to write it for (default: the most promising)')
    .option(
      '--watch <time>',
      'count reads and writes for so long, such as 60s (default: since reset)',
    )
    .option('--exact', 'count the rows of every key instead of estimating')
    .option('--exact-rows <number>', 'do not count tables with more rows (default: 1000000000)')
    .option('--exact-time <time>', 'stop counting after this (default: 10m)')
    .option('--sample <rows>', 'rows of a table that a sample aims at (default: 200000)')
    .option('--coverage <share>', 'share of the calls that operations stand for (default: 95%)')
    .option('--scale <factor>', 'rows of the scenario, such as 1 or 10% (default: what fits here)')
    .option('--prefix <text>', 'log_line_prefix of a log in the format stderr (default: is tried)')
    .option('--memory <size>', 'memory for files of rows, such as 512MB (default: 1GiB)')
    .option('--keep-values', 'keep values of the data; they are pseudonyms otherwise')
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .action(
      async (sources: readonly string[], flags: import('./profile-flags.ts').ProfileFlags) => {
        const { profileCommand } = await import('./profile-command.ts');
        await profileCommand(sources, flags, argv, streams);
      },
    );
}
