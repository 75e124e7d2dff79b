import { Command, CommanderError, Option } from 'commander';
import { type ExitCode, exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { shardlabVersion } from '../host/environment.ts';
import { describeError, endQuietlyOnClosedPipe, type Streams } from '../host/terminal.ts';
import { addAdvise } from './advise-options.ts';
import { addCapacity } from './capacity-options.ts';
import { addCheckQueries } from './check-queries-options.ts';
import { addCompare } from './compare-options.ts';
import { addGate } from './gate-options.ts';
import { withLivePorts } from './live-option.ts';
import { addProfile } from './profile-options.ts';
import { addReport } from './report-options.ts';
import { addRoute } from './route-command.ts';
import { addRun } from './run-options.ts';
import { addSimulate, collect, type Finish } from './simulate-options.ts';
import { wideOption } from './wide-option.ts';

/**
 * argv -> command -> exit code. Every command is imported only when it is called, so that --help
 * and small commands do not wait for libraries they do not need.
 */
export async function runProgram(argv: readonly string[], streams: Streams): Promise<number> {
  endQuietlyOnClosedPipe(streams);
  let exitCode: ExitCode = exitCodes.ok;
  const program = await buildProgram(argv, streams, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(withLivePorts(argv));
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version end parsing by an error that is none; the rest is a bad invocation.
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    streams.stderr.write(describeError(error, streams));
    return error instanceof UserError ? error.exitCode : 1;
  }
}

/** Every command with its options; nothing of what they do is loaded yet. */
export async function buildProgram(
  argv: readonly string[],
  streams: Streams,
  finish: Finish,
): Promise<Command> {
  // Help and version of the others do not wait for the routers to load.
  const routerNames = argv.includes('route')
    ? (await import('../study/scenario/vocabulary.ts')).routerNames()
    : '';
  const program = new Command('shardlab')
    .description('measure shard keys, routers and shard counts on real Postgres')
    .version(shardlabVersion())
    // Before any command is made: commands copy these settings when they are made.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    })
    .showHelpAfterError('(shardlab <command> --help lists what is allowed)');
  addRun(program, argv, streams, finish);
  addSimulate(program, argv, streams, finish);
  addCapacity(program, argv, streams, finish);
  addGrow(program, argv, streams);
  addAdvise(program, argv, streams, finish);
  addProfile(program, argv, streams);
  addCompare(program, argv, streams, finish);
  addReport(program, streams);
  addRoute(program, streams, routerNames);
  addRouter(program, streams, finish);
  addBench(program, argv, streams, finish);
  addGate(program, streams, finish);
  addCheckQueries(program, streams, finish);
  addDoctor(program, streams, finish);
  addInit(program, streams);
  return program;
}

function addGrow(program: Command, argv: readonly string[], streams: Streams): void {
  program
    .command('grow')
    .summary('calculate what more shards move, gain and cost')
    .description(
      'Calculates, without a database, what growth along a path of shard counts moves, gains and ' +
        'costs with every strategy of a scenario, and recommends a step. It prints a table on ' +
        'stdout and writes growth.json, report.html and report.md in the output folder.',
    )
    .argument('<scenario>', 'a scenario file (YAML)')
    .option('--to <counts>', 'shard counts one after the other, such as 5,8,16')
    .addOption(
      new Option(
        '--router <router>',
        'grow only with this router, such as jump; may be given several times',
      )
        .argParser(collect)
        .default([], 'those of the strategies'),
    )
    .addOption(
      new Option(
        '--from <result>',
        'a capacity.json or result.json of this scenario, which shows the capacity of a shard; ' +
          'may be given several times, or be a list; of results a VALID and a SATURATED rate ' +
          'together show the most',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--capacity <rate>', 'operations that one shard can do, such as 900/s').conflicts(
        'from',
      ),
    )
    .option(
      '--samples <number>',
      'number of further placements for the bands of what moves (default: 100)',
    )
    .option('--keys <number>', 'count what moves of so many integer keys instead of the tenants')
    .option('--seed <number>', 'whole number that decides all random draws')
    .option('--out <folder>', 'folder for the files (default: results/runs/...)')
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .action(async (scenario: string, flags: import('./grow-flags.ts').GrowFlags) => {
      const { growCommand } = await import('./grow-command.ts');
      await growCommand(scenario, flags, argv, streams);
    });
}

function addRouter(program: Command, streams: Streams, finish: Finish): void {
  program
    .command('router')
    .summary('check a router of your own')
    .description('Works with a router of your own: a file whose default export is the router.')
    .command('check')
    .summary('test which of its promises hold')
    .description(
      'Tests what every router promises, and what the traits of this router say, with ' +
        'many keys and numbers of shards. It prints a line for each check: it holds, it ' +
        'fails (with the key and the shards), or it does not apply (with the reason). The ' +
        'exit code is 4 if a check fails.',
    )
    .argument('<file>', 'a .ts, .mts, .js or .mjs file')
    .option('--json', 'print the outcome as a document')
    .action(async (file: string, flags: { json?: true }) => {
      const { routerCheck } = await import('./router-check.ts');
      finish(await routerCheck(file, flags, streams));
    });
}

function addBench(program: Command, argv: readonly string[], streams: Streams, finish: Finish) {
  program
    .command('bench')
    .summary('measure what a look-up costs')
    .description(
      'Measures the look-ups of every router with several numbers of shards, each router ' +
        'in its own process. It prints a table on stdout and writes bench.json, ' +
        'report.html and report.md in the output folder.',
    )
    .addOption(
      new Option(
        '--router <router>',
        'measure only this router, or a file of your own; may be given several times',
      )
        .argParser(collect)
        .default([], 'all'),
    )
    .option(
      '--shards <counts>',
      'numbers of shards, such as 4,16,64 (default: 4,16,64,256,1024,4096)',
    )
    .option('--hash <hash>', 'key hash of the routers that take one (default: xxh64)')
    .option('--key-type <types>', 'types of the keys: text, int8 or text,int8 (default: both)')
    .option('--max-time <time>', 'time for everything together (default: 60s)')
    .option('--seed <number>', 'whole number that decides the keys (default: 1)')
    .option('--out <folder>', 'folder for the files (default: results/runs/...)')
    .option('--json', 'print the document instead of the table')
    .addOption(wideOption())
    .action(async (flags: import('../study/bench/bench-flags.ts').BenchFlags) => {
      const { benchCommand } = await import('./bench-command.ts');
      finish(await benchCommand(flags, argv, streams));
    });
}

function addDoctor(program: Command, streams: Streams, finish: Finish): void {
  program
    .command('doctor')
    .summary('show what this machine can do')
    .description('Shows what this machine can do, and what to do if something is missing.')
    .option(
      '--clean',
      'remove the embedded shards, containers and volumes of runs that were killed',
    )
    .action(async (flags: { clean?: true }) => {
      const { doctor, clean } = await import('./doctor.ts');
      finish(flags.clean === true ? await clean(streams) : await doctor(streams));
    });
}

function addInit(program: Command, streams: Streams): void {
  program
    .command('init')
    .summary('write a first scenario')
    .description('Writes a first scenario with comments.')
    .option('--out <file>', 'where to write it', 'scenario.yaml')
    .option('--tables', 'one with many tables')
    .action(async (flags: { out: string; tables?: boolean }) => {
      const { initCommand } = await import('./init-command.ts');
      await initCommand(flags, streams);
    });
}
