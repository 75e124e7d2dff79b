import { type Command, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';
import { collect, type Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

/** Declares `gate`; what it does is loaded when it is called. */
export function addGate(program: Command, streams: Streams, finish: Finish): void {
  program
    .command('gate')
    .summary('fail if routers became slower or give different answers')
    .description(
      'For CI. The gate compares the routers of the current folder (head) with those of ' +
        'a base. It compares exact counters first and fails if any differs. Then it ' +
        'measures the times of both in turns, each in its own processes. Exit code 0: as ' +
        'fast as before. Exit code 4: slower, different answers, or evidence is missing. ' +
        'Exit code 6: undecided; run it again.',
    )
    .option('--base <ref>', 'what to compare with: a git ref such as origin/main, or a folder')
    .addOption(
      new Option(
        '--router <router>',
        'compare this router, or this file; may be given several times',
      )
        .argParser(collect)
        .default([], 'counters of all, times of mod, jump, ring, slots and maglev'),
    )
    .option('--max-time <time>', 'how long the gate may take', '60s')
    .option('--seed <number>', 'whole number that decides all random draws', '42')
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .option('--out <folder>', 'write gate.json, gate.md, junit.xml and benchmark.json there')
    .option('--markdown <file>', 'write the summary there')
    .option('--junit <file>', 'write the outcome as JUnit XML there')
    .option(
      '--benchmark-json <file>',
      'write the times for github-action-benchmark (customSmallerIsBetter) there',
    )
    .option(
      '--write-counters',
      'write the exact counters of the baseline again, and compare nothing',
    )
    .action(async (flags: import('../study/gate/gate-choices.ts').GateFlags) => {
      const { gateCommand } = await import('./gate-command.ts');
      finish(await gateCommand(flags, streams));
    });
}
