import * as fc from 'fast-check';
import { defaultKeyHash, keyHashes } from '../base/hash/key-hashes.ts';
import type { KeyHashName } from '../base/hash/key-hash.ts';
import { type KeyType, packKeys } from '../base/keys.ts';
import type { KnownKeys, Router, RouterDefinition, RouterTopology } from './contract.ts';

/** What the router tests share: keys, topologies, routers of plain choices. */

export function knownKeys(
  type: KeyType,
  texts: readonly string[],
  rowsOf: (index: number) => number = () => 1,
): KnownKeys {
  const rows = texts.map((_, index) => rowsOf(index));
  const total = rows.reduce((sum, each) => sum + each, 0);
  return { ...packKeys(type, texts), rows, weights: rows.map((each) => each / total) };
}

export function topologyOf(shardCount: number, weights?: readonly number[]): RouterTopology {
  return { shardCount, weights: weights ?? Array.from({ length: shardCount }, () => 1) };
}

export interface Choice {
  readonly hash?: KeyHashName;
  readonly salt?: string;
  readonly parameter?: number;
  readonly weights?: readonly number[];
  readonly previous?: Router;
}

export function buildFor(
  definition: RouterDefinition,
  shardCount: number,
  keys: KnownKeys,
  choice: Choice = {},
): Router {
  const options = {
    keyType: keys.type,
    hash: definition.traits.hashes ? keyHashes[choice.hash ?? defaultKeyHash] : null,
    parameter: choice.parameter ?? null,
    salt: choice.salt ?? '',
    keys,
  };
  return definition.build(topologyOf(shardCount, choice.weights), options, choice.previous);
}

/** The shard of each key. */
export function shardsOf(router: Router, keys: KnownKeys): number[] {
  return Array.from({ length: keys.count }, (_, key) =>
    router.route(keys.bytes, keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0),
  );
}

/** How many keys each shard has. */
export function countsOf(router: Router, keys: KnownKeys): number[] {
  const counts = Array.from({ length: router.shardCount }, () => 0);
  for (const shard of shardsOf(router, keys)) counts[shard] = (counts[shard] ?? 0) + 1;
  return counts;
}

/** Fraction of keys whose shard is another one. */
export function movedFraction(before: Router, after: Router, keys: KnownKeys): number {
  const from = shardsOf(before, keys);
  const moved = shardsOf(after, keys).filter((shard, key) => shard !== from[key]);
  return moved.length / keys.count;
}

const safeText = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));

export const keyTexts: Readonly<Record<KeyType, fc.Arbitrary<string>>> = {
  text: safeText,
  int8: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  uuid: fc.uuid(),
};

/** Distinct keys of one type with uneven rows. */
export function someKeys(type: KeyType, minLength: number): fc.Arbitrary<KnownKeys> {
  return fc
    .uniqueArray(keyTexts[type], { minLength, maxLength: 60 })
    .map((texts) => knownKeys(type, texts, (index) => 1 + ((index * 7919) % 100)));
}

/** Key i as text: what tenants are called. */
export const tenantTexts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `tenant-${index}`);
