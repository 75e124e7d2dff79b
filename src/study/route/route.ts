import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import {
  buildRouter,
  definitionOf,
  routerProblems,
  type RouterSpec,
  shardsMax,
} from '../../router/build-router.ts';
import type { Router, RouterDefinition, RouterTopology } from '../../router/contract.ts';
import { plainRouter } from '../../router/registry.ts';
import { readRouterName } from '../../router/router-name.ts';
import { readDocument } from '../../scenario/document.ts';
import { isRouterFile, splitRouter } from '../../scenario/router-file.ts';
import { loadOwnRouter } from '../scenario/own-routers.ts';
import { readLines } from '../../host/read-lines.ts';
import { type LineKeys, readKeyType } from './route-keys.ts';

export interface RouteOptions {
  /** `ring:150`, or the path of a file of the user's. */
  readonly router: string;
  readonly hash?: string;
  readonly shards: number;
  readonly keyType: string;
  readonly salt?: string;
  /** YAML (or JSON, which is YAML too), for routers that take settings. */
  readonly settings?: string;
}

/** Where the lines go; a promise from `write` is awaited before more are written. */
export interface RouteOutput {
  write(text: string): unknown;
}

interface Choice {
  readonly spec: RouterSpec;
  readonly topology: RouterTopology;
  readonly keys: LineKeys;
}

const batchCharacters = 65_536;

/** The options as closed types; a UserError lists everything that is wrong with them. */
async function parseChoice(options: RouteOptions): Promise<Choice> {
  const problems: string[] = [];
  const own = await ownRouter(options.router, problems);
  const read = problems.length > 0 ? null : readRouterName(options.router, own);
  const known = read === null || 'problem' in read ? null : read;
  if (read !== null && 'problem' in read) problems.push(read.problem);
  const keys = readKeyType(options.keyType, problems);

  const { shards } = options;
  const possible = Number.isInteger(shards) && shards > 0 && shards <= shardsMax;
  const weights = possible ? Array.from({ length: shards }, () => 1) : [];
  const topology: RouterTopology = { shardCount: shards, weights };
  const spec: RouterSpec = {
    // Any router will do for finding what else is wrong.
    router: known?.name ?? plainRouter.name,
    parameter: known?.parameter ?? null,
    hash: options.hash ?? null,
    salt: options.salt ?? '',
    ...settingsOf(options),
    ...(known && own && { definition: own }),
  };
  problems.push(...routerProblems(spec, topology, keys?.type ?? 'int8'));
  if (problems.length > 0 || keys === null) {
    throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  }
  return { spec, topology, keys };
}

/** The router of a file of the user's; null where a name is given, or a file that is of no use. */
async function ownRouter(router: string, problems: string[]): Promise<RouterDefinition | null> {
  if (!isRouterFile(router)) return null;
  const path = splitRouter(router).name;
  const read = await loadOwnRouter(path, '.');
  if ('definition' in read) return read.definition;
  problems.push(...read.problems.map((problem) => `${path} ${problem}`));
  return null;
}

function settingsOf({ settings }: RouteOptions): Pick<RouterSpec, 'settings'> {
  return settings === undefined ? {} : { settings: readDocument(settings, '--settings').data };
}

async function writeShards(
  router: Router,
  keys: LineKeys,
  texts: AsyncIterable<string> | Iterable<string>,
  output: RouteOutput,
): Promise<void> {
  let batch = '';
  let line = 0;
  for await (const text of texts) {
    line += 1;
    const key = keys.encode(text, `line ${line}:`);
    batch += `${text}\t${router.route(key, 0, key.length)}\n`;
    if (batch.length < batchCharacters) continue;
    await output.write(batch);
    batch = '';
  }
  if (batch !== '') await output.write(batch);
}

/** All lines, each checked to be a key. */
async function readKeys(keys: LineKeys, input: AsyncIterable<Uint8Array | string>) {
  const texts: string[] = [];
  for await (const text of readLines(input)) {
    keys.encode(text, `line ${texts.length + 1}:`);
    texts.push(text);
  }
  return texts;
}

/**
 * Keys, one a line, to lines of key, tab, shard, in the order of the keys. Streams, except for
 * routers that place known keys: they read all keys first and take each distinct one as one row of
 * equal weight. A UserError lists what is wrong with the options, or names the first line that is
 * no key.
 */
export async function route(
  options: RouteOptions,
  input: AsyncIterable<Uint8Array | string>,
  output: RouteOutput,
): Promise<void> {
  const { spec, topology, keys } = await parseChoice(options);
  if (definitionOf(spec).traits.placesKnownKeys) {
    const texts = await readKeys(keys, input);
    const router = buildRouter(spec, topology, keys.type, keys.known(texts));
    await writeShards(router, keys, texts, output);
  } else {
    const router = buildRouter(spec, topology, keys.type, keys.known([]));
    await writeShards(router, keys, readLines(input), output);
  }
}
