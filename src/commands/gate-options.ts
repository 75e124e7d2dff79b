import { type Command, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';
import { collect, type Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

/** Declares `gate`; what it does is loaded when it is called. */
export function addGate(program: Command, streams: Streams, finish: Finish): void {
  program
    .command('gate')
    .summary('fail where routers got slower or answer otherwise')
    .description(
      'For CI: compares the routers of the current folder with those of a base. Exact counters ' +
        'first: any difference fails at once. Then both are timed in turns, each in processes of ' +
        'its own. Exit code 0: as fast as before; 4: slower, other answers, or evidence is missing; ' +
        '6: undecided, which a second run may settle.',
    )
    .option('--base <ref>', 'what to compare with: a git ref such as origin/main, or a folder')
    .addOption(
      new Option('--router <router>', 'compare this router, or this file; may repeat')
        .argParser(collect)
        .default([], 'counters of all, times of mod, jump, ring, slots and maglev'),
    )
    .option('--max-time <time>', 'how long it may take', '60s')
    .option('--seed <number>', 'whole number that every draw follows from', '42')
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .option('--out <folder>', 'write gate.json, gate.md, junit.xml and benchmark.json there')
    .option('--markdown <file>', 'write the summary there')
    .option('--junit <file>', 'write the outcome as JUnit XML there')
    .option(
      '--benchmark-json <file>',
      'write the times for github-action-benchmark (customSmallerIsBetter) there',
    )
    .option('--write-counters', 'write the exact counters of the baseline anew; compares nothing')
    .action(async (flags: import('./gate-choices.ts').GateFlags) => {
      const { gateCommand } = await import('./gate-command.ts');
      finish(await gateCommand(flags, streams));
    });
}
