import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Streams } from '../host/terminal.ts';

/** Declares `route`; what it does is loaded when it is called. */
export function addRoute(program: Command, streams: Streams, routerNames: string): void {
  const command = program
    .command('route')
    .summary('say which shard each key goes to')
    .description(
      'Reads keys from stdin, one on each line, and prints key<TAB>shard for each key. ' +
        'With --compare it prints a table of what every router does with the tenants of a ' +
        'scenario, without a database.',
    )
    .option('--router <router>', `${routerNames}, or a file of your own (./my-router.ts)`)
    .option(
      '--hash <hash>',
      'key hash, xxh64 by default: xxh64, fnv1a-32, fnv1a-64, murmur3-32, murmur3-128, md5, ' +
        'sha256, identity (int8 only); not allowed for routers without a hash',
    )
    .option(
      '--shards <number>',
      'how many shards (with --compare: default from the scenario)',
      wholeNumber,
    )
    .option(
      '--key-type <types>',
      'text, int8 or uuid; several, such as int8,text, if tabs separate the columns (\\N is NULL)',
      'text',
    )
    .option(
      '--settings <yaml>',
      "settings of the router, such as '{ lists: { 0: [eu], 1: [us] }, default: 0 }' for list",
    )
    .option(
      '--salt <text>',
      'another placement of the same keys: hashed before every key, or, for routers on a ring, ' +
        'before the label of every point on it',
    );
  addComparison(command).action((flags: RouteFlags) => routeOrCompare(flags, command, streams));
}

/** What `--compare` is, and what goes with it. */
function addComparison(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--compare <scenario>',
        'compare all routers on the tenants of a scenario file',
      ).conflicts(['router', 'hash', 'salt', 'settings']),
    )
    .option(
      '--samples <number>',
      'with --compare: number of placements for each band (default: up to 1000)',
      wholeNumber,
    )
    .option(
      '--drift <sigma>',
      "with --compare: how far tenants' weights drift, as the standard deviation of the " +
        'logarithm (default: 0.5)',
    )
    .addOption(
      new Option(
        '--later <csv>',
        'with --compare: a later file of the same tenants, to see how far they drifted',
      ).conflicts('drift'),
    )
    .option('--seed <number>', 'with --compare: whole number from which all random draws follow')
    .option('--json', 'with --compare: print the document instead of the table')
    .option(
      '--wide',
      'with --compare: print all columns, even if the table is wider than the terminal',
    );
}

async function routeOrCompare(flags: RouteFlags, command: Command, streams: Streams) {
  if (flags.compare !== undefined) {
    const { routeCompareCommand } = await import('./route-compare-command.ts');
    await routeCompareCommand(flags.compare, flags, streams);
    return;
  }
  for (const option of ['samples', 'drift', 'later', 'seed', 'json', 'wide'] as const) {
    if (flags[option] === undefined) continue;
    return command.error(`error: option '--${option}' needs --compare <scenario>`);
  }
  const { router, shards, ...others } = flags;
  if (router === undefined) return missing(command, '--router <router>');
  if (shards === undefined) return missing(command, '--shards <number>');
  const { route } = await import('../study/route/route.ts');
  await route({ ...others, router, shards }, streams.stdin, streams.stdout);
}

type RouteFlags = Partial<import('../study/route/route.ts').RouteOptions> &
  Pick<import('../study/route/route.ts').RouteOptions, 'keyType'> &
  import('./route-compare-command.ts').RouteCompareFlags & { readonly compare?: string };

/** Required unless --compare is given, which commander cannot say. */
function missing(command: Command, option: string): never {
  return command.error(`error: required option '${option}' not specified`);
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Allowed are whole numbers from 1.');
}
