import { encodeKey, type KeyType, keyTypes, packKeys } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import { exitCodes, UserError } from '../base/user-error.ts';
import { buildRouter, routerProblems, type RouterSpec, shardsMax } from '../router/build-router.ts';
import type { KnownKeys, Router, RouterTopology } from '../router/contract.ts';
import { findRouter } from '../router/registry.ts';
import { readRouterName } from '../router/router-name.ts';
import { readLines } from './read-lines.ts';

export interface RouteOptions {
  /** `ring:150`. */
  readonly router: string;
  readonly hash?: string;
  readonly shards: number;
  readonly keyType: string;
  readonly salt?: string;
}

/** Where the lines go; a promise from `write` is awaited before more are written. */
export interface RouteOutput {
  write(text: string): unknown;
}

interface Choice {
  readonly spec: RouterSpec;
  readonly topology: RouterTopology;
  readonly keyType: KeyType;
}

const batchCharacters = 65_536;

function isKeyType(text: string): text is KeyType {
  return keyTypes.some((type) => type === text);
}

function unknownKeyType(text: string): string {
  const near = suggest(text, keyTypes);
  const guess = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `unknown key type "${text}"${guess}; the key types are ${keyTypes.join(', ')}`;
}

/** The options as closed types; a UserError lists everything that is wrong with them. */
function parseChoice(options: RouteOptions): Choice {
  const problems: string[] = [];
  const read = readRouterName(options.router);
  const known = 'problem' in read ? null : read;
  if ('problem' in read) problems.push(read.problem);
  const keyType = isKeyType(options.keyType) ? options.keyType : null;
  if (keyType === null) problems.push(unknownKeyType(options.keyType));

  const { shards } = options;
  const possible = Number.isInteger(shards) && shards > 0 && shards <= shardsMax;
  const weights = possible ? Array.from({ length: shards }, () => 1) : [];
  const topology: RouterTopology = { shardCount: shards, weights };
  const spec: RouterSpec = {
    // Any router will do for finding what else is wrong.
    router: known?.name ?? 'jump',
    parameter: known?.parameter ?? null,
    hash: options.hash ?? null,
    salt: options.salt ?? '',
  };
  problems.push(...routerProblems(spec, topology, keyType ?? 'int8'));
  if (problems.length > 0 || keyType === null) {
    throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  }
  return { spec, topology, keyType };
}

/** Every distinct key as one row with the same weight. */
function knownKeys(type: KeyType, texts: readonly string[]): KnownKeys {
  const canonical = type === 'uuid' ? texts.map((text) => text.toLowerCase()) : texts;
  const distinct = [...new Set(canonical)];
  const even = distinct.map(() => 1);
  return { ...packKeys(type, distinct), rows: even, weights: even };
}

async function writeShards(
  router: Router,
  type: KeyType,
  texts: AsyncIterable<string> | Iterable<string>,
  output: RouteOutput,
): Promise<void> {
  let batch = '';
  let line = 0;
  for await (const text of texts) {
    line += 1;
    const key = encodeKey(type, text, `line ${line}:`);
    batch += `${text}\t${router.route(key, 0, key.length)}\n`;
    if (batch.length < batchCharacters) continue;
    await output.write(batch);
    batch = '';
  }
  if (batch !== '') await output.write(batch);
}

/** All lines, each checked to be a key. */
async function readKeys(type: KeyType, input: AsyncIterable<Uint8Array | string>) {
  const texts: string[] = [];
  for await (const text of readLines(input)) {
    encodeKey(type, text, `line ${texts.length + 1}:`);
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
  const { spec, topology, keyType } = parseChoice(options);
  if (findRouter(spec.router).traits.placesKnownKeys) {
    const texts = await readKeys(keyType, input);
    const router = buildRouter(spec, topology, keyType, knownKeys(keyType, texts));
    await writeShards(router, keyType, texts, output);
  } else {
    const router = buildRouter(spec, topology, keyType, knownKeys(keyType, []));
    await writeShards(router, keyType, readLines(input), output);
  }
}
