import { type Command, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';

export function addReport(program: Command, streams: Streams): void {
  program
    .command('report')
    .summary('draw a stored document again')
    .description(
      'Draws the report of a stored document again: result.json of run or simulate, ' +
        'growth.json of grow, advice.json of advise, bench.json of bench, comparison.json of ' +
        'compare. ' +
        'Each of them comes in every format. The ' +
        'report is written beside the document unless --out is given.',
    )
    .argument('<document>', 'a result.json, or another document of shardlab')
    .addOption(
      new Option('--format <format>', 'what to draw; svg and png give one file for each chart')
        .choices(['html', 'md', 'csv', 'json', 'svg', 'png'])
        .default('html'),
    )
    .option('--out <path>', 'file to write (- is stdout); for svg and png, a folder')
    .action(async (path: string, flags: { format: string; out?: string }) => {
      const { reportCommand } = await import('./report-command.ts');
      await reportCommand(path, flags, streams);
    });
}
