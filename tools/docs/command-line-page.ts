import type { Command } from 'commander';
import { buildProgram } from '../../src/commands/program.ts';
import { asText, madeByDocs, page } from './markdown.ts';

const introduction = `\`shardlab --help\` and \`shardlab <command> --help\` print what stands here. In a folder that has
shardlab as a package, and in a checkout of it, the command is \`npx shardlab\`.

The answer (a table, or with \`--json\` the document) goes to stdout; progress and warnings go to
stderr. \`NO_COLOR\` and streams that are no terminal are respected. Ctrl-C stops the shards and keeps
the cells that were finished. Sizes in reports are in powers of 1000.`;

/** The help of the program and of each command, as it is printed in 100 columns. */
export async function commandLinePage(): Promise<string> {
  const { stdin, stdout, stderr, env: environment } = process;
  const streams = { stdin, stdout, stderr, environment };
  // Named, `route` lists all routers in its help.
  const program = await buildProgram(['route'], streams, () => undefined);
  return page([
    '# Command line',
    madeByDocs,
    introduction,
    helpOf(program),
    ...program.commands.flatMap((command) =>
      [`## ${command.name()}`].concat([command, ...command.commands].map(helpOf)),
    ),
    'Every [exit code](exit-codes.md) has one meaning in all commands.',
  ]);
}

const helpOf = (command: Command): string =>
  asText(command.configureHelp({ helpWidth: 100 }).helpInformation());
