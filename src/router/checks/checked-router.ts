import { assert } from '../../base/assert.ts';
import type { KeyHash, KeyHashName } from '../../base/hash/key-hash.ts';
import { defaultKeyHash, keyHashes } from '../../base/hash/key-hashes.ts';
import { type KeyType, packKeys, type PackedKeys, type RoutedKeyType } from '../../base/keys.ts';
import type { KnownKeys, Router, RouterDefinition, RouterTopology } from '../contract.ts';

/** What does not hold for a router and is no trait, each with its reason. */
export interface CheckExceptions {
  /** Why adding a shard and removing it again leaves some keys elsewhere. */
  readonly addThenRemove?: string;
  /** Why shares of the keys are not even, or not in proportion to weights. */
  readonly balance?: string;
  /** Why a route takes too long for 20,000 keys on each of 130 numbers of shards. */
  readonly slowRoute?: string;
}

/** A router on trial. */
export interface CheckedRouter {
  readonly definition: RouterDefinition;
  /** Given to routers that read a hash. */
  readonly hash: KeyHashName;
  readonly exceptions: CheckExceptions;
  /** 1 to 130 shards and up to 20,000 keys, or a small part of that. */
  readonly thorough: boolean;
  /** Keys that are routed on each of the 130 numbers of shards: fewer where that takes long. */
  readonly growthKeys: number;
}

/** Keys of a thorough check. */
export const manyKeysCount = 20_000;

/** A promise of routers. `run` throws an error that says what was found instead. */
export interface RouterCheck {
  /** What holds, as a sentence without its full stop. */
  readonly name: string;
  /** Why the router does not promise it; null when it does. */
  readonly excuse: (router: CheckedRouter) => string | null;
  readonly run: (router: CheckedRouter) => void;
}

/** Keys that exist, with `rowsOf` rows each and load in proportion to their rows. */
export function withRows(packed: PackedKeys, rowsOf: (index: number) => number): KnownKeys {
  const rows = Array.from({ length: packed.count }, (_, index) => rowsOf(index));
  const total = rows.reduce((sum, each) => sum + each, 0);
  return { ...packed, rows, weights: rows.map((each) => each / total) };
}

export function knownKeys(
  type: KeyType,
  texts: readonly string[],
  rowsOf: (index: number) => number = () => 1,
): KnownKeys {
  return withRows(packKeys(type, texts), rowsOf);
}

/** The first `count` of the keys. */
export function firstKeys(keys: KnownKeys, count: number): KnownKeys {
  const packed = { ...keys, count, offsets: keys.offsets.slice(0, count + 1) };
  return withRows(packed, (index) => keys.rows[index] ?? 0);
}

export function topologyOf(shardCount: number, weights?: readonly number[]): RouterTopology {
  return { shardCount, weights: weights ?? Array.from({ length: shardCount }, () => 1) };
}

export interface Choice {
  readonly hash?: KeyHashName | KeyHash;
  readonly salt?: string;
  readonly parameter?: number;
  readonly weights?: readonly number[];
  /** In closed form; the router's example where none are given. */
  readonly settings?: unknown;
  readonly previous?: Router;
}

/** The example's settings as the router itself reads them; null for a router that takes none. */
function exampleSettings(
  { settings }: RouterDefinition,
  topology: RouterTopology,
  type: RoutedKeyType,
): unknown {
  if (settings === undefined) return null;
  const read = settings.read(settings.example(topology.shardCount, type), topology, type);
  assert('value' in read, 'an example without problems');
  return read.value;
}

const hashOf = (hash: KeyHashName | KeyHash): KeyHash =>
  typeof hash === 'string' ? keyHashes[hash] : hash;

export function buildFor(
  definition: RouterDefinition,
  shardCount: number,
  keys: KnownKeys,
  choice: Choice = {},
): Router {
  const topology = topologyOf(shardCount, choice.weights);
  const { hash = defaultKeyHash } = choice;
  const options = {
    keyType: keys.type,
    hash: definition.traits.hashes ? hashOf(hash) : null,
    parameter: choice.parameter ?? null,
    salt: choice.salt ?? '',
    settings: choice.settings ?? exampleSettings(definition, topology, keys.type),
    keys,
  };
  return definition.build(topology, options, choice.previous);
}

/** The shard of each key. */
export function shardsOf(router: Router, keys: PackedKeys): number[] {
  const { bytes, count, offsets } = keys;
  const shards: number[] = [];
  for (let key = 0; key < count; key += 1) {
    shards.push(router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0));
  }
  return shards;
}

/** How many keys each shard has. */
export function countsOf(router: Router, keys: PackedKeys): number[] {
  const counts = Array.from({ length: router.shardCount }, () => 0);
  for (const shard of shardsOf(router, keys)) counts[shard] = (counts[shard] ?? 0) + 1;
  return counts;
}

/** Each key's bytes. */
export function keysOf(keys: PackedKeys): Uint8Array[] {
  return Array.from({ length: keys.count }, (_, key) =>
    keys.bytes.slice(keys.offsets[key], keys.offsets[key + 1]),
  );
}

/** Key i as text: what tenants are called. */
export const tenantTexts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `tenant-${index}`);
