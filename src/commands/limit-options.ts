import { type Command, Option } from 'commander';
import { collect } from './simulate-options.ts';

/** By which `run` and `simulate` pass or fail, and where the outcome is written for CI. */
export interface LimitFlags {
  readonly threshold?: readonly string[];
  readonly junit?: string;
  readonly markdown?: string;
  readonly benchmarkJson?: string;
}

export function addLimitOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--threshold <limit>',
        "a limit that must be kept, such as 'response_ms{operation:place_order}: p(99)<50'; exit " +
          'code 4 if it is not; may be given several times',
      )
        .argParser(collect)
        .default([], 'those of the scenario'),
    )
    .option('--markdown <file>', 'write a summary for a pull request there')
    .option('--junit <file>', 'write verdicts and limits as JUnit XML there')
    .option(
      '--benchmark-json <file>',
      'write response times for github-action-benchmark (customSmallerIsBetter) there',
    );
}
