import { type Command, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';
import type { Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

/** Declares `check-queries`; what it does is loaded when it is called. */
export function addCheckQueries(program: Command, streams: Streams, finish: Finish): void {
  program
    .command('check-queries')
    .summary('fail if statements ask several shards')
    .description(
      'For CI. Says of every statement of files of SQL, or of logs, what becomes of it under the ' +
        'shard key of a strategy. Exit code 4: a statement asks all shards, crosses shards, ' +
        'cannot run on shards, or changes the shard key; with --base only what is new counts. ' +
        'The comment "-- shardlab: allow scatter <reason>" above a statement allows it ' +
        '(also cross-shard, not-runnable, key-update).',
    )
    .argument(
      '<files...>',
      'files of SQL, folders of them, a Postgres log (csvlog, jsonlog, stderr), or a dump of ' +
        'pg_stat_statements',
    )
    .requiredOption('--scenario <file>', 'the scenario whose tables and shard key count')
    .option('--strategy <name>', 'a strategy, or its shard key (default: the first strategy)')
    .option(
      '--base <ref>',
      'what to compare with: a git ref such as origin/main, a folder with the same files, or ' +
        'a document of --json',
    )
    .option('--strict', 'fail on statements that cannot be read, too')
    .option('--prefix <text>', 'log_line_prefix of a log in the format stderr (default: is tried)')
    .addOption(new Option('--json', 'print the document instead of the table').conflicts('md'))
    .option('--md', 'print the summary in Markdown instead of the table')
    .addOption(wideOption())
    .option('--markdown <file>', 'write the summary there')
    .option('--junit <file>', 'write the outcome as JUnit XML there')
    .option('--sarif <file>', 'write the outcome as SARIF 2.1.0 there, for code scanning')
    .action(
      async (
        files: readonly string[],
        flags: import('./check-queries-command.ts').CheckQueriesFlags,
      ) => {
        const { checkQueriesCommand } = await import('./check-queries-command.ts');
        finish(await checkQueriesCommand(files, flags, streams));
      },
    );
}
