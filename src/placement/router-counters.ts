import { createDigest } from '../base/hash/digest.ts';
import type { Hash64, KeyHash, KeyHashName } from '../base/hash/key-hash.ts';
import { defaultKeyHash, keyHashes } from '../base/hash/key-hashes.ts';
import { type KeyType, keyTypes, type PackedKeys } from '../base/keys.ts';
import { buildFor, type Choice, firstKeys } from '../router/checks/checked-router.ts';
import type { Router, RouterDefinition } from '../router/contract.ts';
import { RingSearch } from '../router/algorithms/ring-search.ts';
import { bigintRoute, bulkRoute, int8Route, textRoute } from '../router/kernels/route-functions.ts';
import type { CounterValues } from '../result/router-counters.ts';
import { type CountedKeys, countedKeys } from './counted-keys.ts';

/** The seed of the keys: counters of other keys could not be compared. */
export const counterSeed = 42;

/** Keys of a router's first key type at 16 shards, and of every other. */
const manyKeys = 20_000;
const fewKeys = 2000;
const shards = 16;
/** About every power of two, where tables and loops change, and some between. */
const shardCounts = [
  1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 47, 63, 64, 65, 97, 127, 128, 129, 130,
];
const keysOfEachCount = 500;
const hashesCounter = `hashes a key, ${shards} shards`;
const pointsCounter = `points a key looks at, ${shards} shards`;
/** Those that may change while every key stays where it is. */
export const workCounters: ReadonlySet<string> = new Set([hashesCounter, pointsCounter]);
const growths = [
  [4, 5],
  [8, 9],
  [16, 32],
] as const;

/** What of a router is counted, beside its definition. */
export interface CountedRouter {
  readonly definition: RouterDefinition;
  readonly parameter: number | null;
}

const made = new Map<string, CountedKeys>();

function keysOf(type: KeyType, count: number): CountedKeys {
  const name = `${type}/${count}`;
  const keys = made.get(name) ?? countedKeys(type, count, counterSeed);
  made.set(name, keys);
  return keys;
}

/**
 * Exact counters of a router: digests of its answers, keys that growing moves, its imbalance, how
 * often it hashes, how many points of a ring it looks at, and through how many shards a key passes.
 * The same on every machine; a key in these sets that goes elsewhere changes one.
 *
 * @throws UserError where the router cannot be built, or gives what is no shard
 */
export function routerCounters(router: CountedRouter): CounterValues {
  const types = keyTypes.filter((type) => router.definition.keyTypes.includes(type));
  const [first = 'text'] = types;
  return {
    ...Object.assign({}, ...types.map((type) => answersOf(router, type, type === first))),
    ...answersByCount(router, first),
    ...growth(router, first),
    ...otherHashes(router, first),
    ...hashCalls(router, first),
    ...pointsSeen(router, first),
    ...shardsOnTheWay(router, first),
  };
}

function build(
  router: CountedRouter,
  count: number,
  keys: CountedKeys,
  choice: Choice = {},
): Router {
  const { definition, parameter } = router;
  return buildFor(definition, count, keys.packed, {
    ...(parameter !== null && { parameter }),
    ...choice,
  });
}

/** The shard of each key by its bytes. */
export function shardsOfKeys(router: Router, { bytes, offsets, count }: PackedKeys): Uint32Array {
  const found = new Uint32Array(count);
  for (let key = 0; key < count; key += 1) {
    found[key] = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
  }
  return found;
}

/** 16 hexadecimal digits. */
function digestOf(...parts: readonly Uint32Array[]): string {
  const digest = createDigest();
  for (const { buffer, byteOffset, byteLength } of parts) {
    digest.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return digest.hex().slice(0, 16);
}

/** All ways of asking for the keys of one type: they may go wrong each by itself. */
function answersOf(router: CountedRouter, type: KeyType, first: boolean): CounterValues {
  const keys = keysOf(type, first ? manyKeys : fewKeys);
  const built = build(router, shards, keys);
  const found = shardsOfKeys(built, keys.packed);
  const told = (how: string): string => `answers to ${type}${how}, ${shards} shards`;
  const answers: CounterValues = { [told('')]: digestOf(found) };
  if (first) answers[`max/mean, ${shards} shards`] = maxOverMean(found, shards);
  if (type === 'text') {
    answers[told(' as strings')] = digestOf(Uint32Array.from(keys.texts, textRoute(built)));
  }
  if (type !== 'int8') return answers;
  const integers = keys.texts.map(BigInt);
  const bulk = bulkRoute(built, integers.length);
  bulk.keys.set(integers);
  bulk.run(integers.length);
  // What a number cannot hold exactly is no number of this look-up.
  const numbers = integers.map(Number).filter(Number.isSafeInteger);
  answers[told(' as numbers')] = digestOf(Uint32Array.from(numbers, int8Route(built)));
  answers[told(' as BigInt')] = digestOf(Uint32Array.from(integers, bigintRoute(built)));
  answers[told(' in bulk')] = digestOf(Uint32Array.from(bulk.shards));
  return answers;
}

/** Max over mean of the keys on a shard, to 6 digits. */
function maxOverMean(found: Uint32Array, shardCount: number): number {
  const counts = new Uint32Array(shardCount);
  for (const shard of found) counts[shard] = (counts[shard] ?? 0) + 1;
  return Number(((Math.max(...counts) * shardCount) / found.length).toPrecision(6));
}

function answersByCount(router: CountedRouter, type: KeyType): CounterValues {
  const keys = keysOf(type, keysOfEachCount);
  const found = shardCounts.map((count) => shardsOfKeys(build(router, count, keys), keys.packed));
  const [least, most] = [shardCounts[0], shardCounts.at(-1)];
  return { [`answers to ${type}, ${least} to ${most} shards`]: digestOf(...found) };
}

function growth(router: CountedRouter, type: KeyType): CounterValues {
  const keys = keysOf(type, manyKeys);
  const counters: CounterValues = {};
  for (const [from, to] of growths) {
    const before = build(router, from, keys);
    const after = build(router, to, keys, { previous: before });
    const [old, now] = [shardsOfKeys(before, keys.packed), shardsOfKeys(after, keys.packed)];
    let moved = 0;
    for (const [key, shard] of now.entries()) if (shard !== old[key]) moved += 1;
    counters[`moved of ${manyKeys} keys, ${from} to ${to} shards`] = moved;
    counters[`answers after growing ${from} to ${to} shards`] = digestOf(now);
  }
  return counters;
}

/** The hashes that are not the default. */
function otherHashes({ definition, parameter }: CountedRouter, type: KeyType): CounterValues {
  if (!definition.traits.hashes) return {};
  const keys = keysOf(type, keysOfEachCount);
  const counters: CounterValues = {};
  for (const hash of Object.keys(keyHashes) as KeyHashName[]) {
    // identity hashes no texts, neither keys nor a ring's labels.
    if (hash === defaultKeyHash || hash === 'identity') continue;
    const built = build({ definition, parameter }, shards, keys, { hash });
    counters[`answers with ${hash}, ${shards} shards`] = digestOf(shardsOfKeys(built, keys.packed));
  }
  return counters;
}

/** How often a look-up hashes: by a hash that counts. */
function hashCalls(router: CountedRouter, type: KeyType): CounterValues {
  if (!router.definition.traits.hashes) return {};
  let calls = 0;
  const counted = keyHashes[defaultKeyHash];
  const counting: KeyHash = {
    name: counted.name,
    bits: counted.bits,
    hash(bytes, start, end, out) {
      calls += 1;
      counted.hash(bytes, start, end, out);
    },
  };
  const keys = keysOf(type, keysOfEachCount);
  const built = build(router, shards, keys, { hash: counting });
  calls = 0;
  shardsOfKeys(built, keys.packed);
  return { [hashesCounter]: calls / keys.packed.count };
}

/** Of a router that looks for a point: how many it looks at for a key, on average. */
function pointsSeen(router: CountedRouter, type: KeyType): CounterValues {
  const keys = keysOf(type, keysOfEachCount);
  const { byHash } = build(router, shards, keys);
  if (byHash?.placing?.kind !== 'points') return {};
  const search = new RingSearch(byHash.placing.points, byHash.hash.bits);
  const words = hashesOf(byHash.hash, keys.packed);
  let seen = 0;
  for (let at = 0; at < words.length; at += 2) {
    seen += search.pointsSeen(words[at] ?? 0, words[at + 1] ?? 0);
  }
  return { [pointsCounter]: seen / keys.packed.count };
}

/**
 * On how many shards a key is as their number grows from 1 to 16, on average. Of jump consistent
 * hash that is how often its loop runs at 16 shards, which is H(16) = 3.38 for infinitely many
 * keys.
 */
function shardsOnTheWay(router: CountedRouter, type: KeyType): CounterValues {
  const keys = keysOf(type, keysOfEachCount);
  const visited = keys.texts.map(() => new Set<number>());
  for (let count = 1; count <= shards; count += 1) {
    const found = shardsOfKeys(build(router, count, keys), keys.packed);
    for (const [key, shard] of found.entries()) visited[key]?.add(shard);
  }
  const total = visited.reduce((sum, { size }) => sum + size, 0);
  return { [`shards a key passes, 1 to ${shards} shards`]: total / keys.packed.count };
}

/** Of each key hash, a digest of what it makes of the same keys. */
export function hashCounters(): Record<string, string> {
  const digests: Record<string, string> = {};
  for (const hash of Object.values(keyHashes)) {
    const types = hash.name === 'identity' ? (['int8'] as const) : keyTypes;
    digests[hash.name] = digestOf(
      ...types.map((type) => hashesOf(hash, firstKeys(keysOf(type, fewKeys).packed, fewKeys))),
    );
  }
  return digests;
}

function hashesOf(hash: KeyHash, { bytes, offsets, count }: PackedKeys): Uint32Array {
  const words = new Uint32Array(2 * count);
  const out: Hash64 = { hi: 0, lo: 0 };
  for (let key = 0; key < count; key += 1) {
    hash.hash(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0, out);
    words[2 * key] = out.hi;
    words[2 * key + 1] = out.lo;
  }
  return words;
}
