import { assert } from '../base/assert.ts';
import type { Hash64, KeyHash } from '../base/hash/key-hash.ts';
import { buildRouter, definitionOf } from '../router/build-router.ts';
import type { KnownKeys, Router } from '../router/contract.ts';
import { type BulkRoute, fusedBulkRoute } from '../router/kernels/route-functions.ts';
import {
  type Span,
  spansOf,
  type SyntheticMovement,
  syntheticProblems,
} from './synthetic-movement.ts';

/** Keys whose shards are kept at a time: small enough for the processor's nearest cache. */
const blockKeys = 1024;

/** Known keys that routers by range cut. */
const sampleKeys = 65_536;

/**
 * Evenly spaced keys of the space, each with as many rows as keys lie from it to the next: their
 * quantiles are the key space's to within keys / 65,536, and exact up to 65,536 keys.
 */
export function sampledKeys(keys: number): KnownKeys {
  const count = Math.min(keys, sampleKeys);
  const bytes = new Uint8Array(8 * count);
  const view = new DataView(bytes.buffer);
  const keyAt = (index: number): number => Math.floor((index * keys) / count);
  const rows = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    view.setUint32(8 * i, keyAt(i), true);
    rows[i] = keyAt(i + 1) - keyAt(i);
  }
  return {
    type: 'int8',
    count,
    bytes,
    offsets: new Uint32Array(count + 1).map((_, index) => 8 * index),
    rows,
    weights: rows.map((each) => each / keys),
  };
}

/** The routers of the path; others than those that place known keys are given none. */
function syntheticRouters({ spec, path, keys }: SyntheticMovement): Router[] {
  const known = sampledKeys(definitionOf(spec).traits.placesKnownKeys ? keys : 0);
  const routers: Router[] = [];
  for (const topology of path) {
    routers.push(buildRouter(spec, topology, 'int8', known, routers.at(-1)));
  }
  return routers;
}

/** The hash that all of them place by; null where there is no such. */
function sharedHash(routers: readonly Router[]): KeyHash | null {
  const hash = routers[0]?.byHash?.hash ?? null;
  return routers.every(({ byHash }) => byHash?.hash === hash) ? hash : null;
}

/**
 * Counts integer keys by the pair of shards that they are on, for each span of a path. Memory does
 * not grow with the keys, and the counts of parts of a key space add up to those of the whole.
 */
export class SyntheticCounter {
  /** Of each span: keys by source x shards after + destination. */
  readonly counts: readonly Float64Array[];
  readonly #routers: readonly Router[];
  readonly #spans: readonly Span[];
  readonly #hash: KeyHash | null;
  readonly #words: { readonly hi: Uint32Array; readonly lo: Uint32Array };
  /** By router: hash and router in one kernel, where there is one. */
  readonly #fused: readonly (BulkRoute | null)[];
  /** By router: shards of the keys of a block. */
  readonly #shards: readonly Uint32Array[];

  constructor(request: SyntheticMovement) {
    assert(syntheticProblems(request).length === 0, 'a request that was checked');
    this.#routers = syntheticRouters(request);
    this.#spans = spansOf(request.path);
    this.counts = this.#spans.map(({ length }) => new Float64Array(length));
    this.#hash = sharedHash(this.#routers);
    this.#words = { hi: new Uint32Array(blockKeys), lo: new Uint32Array(blockKeys) };
    this.#fused = this.#routers.map((router) => fusedBulkRoute(router, blockKeys));
    this.#shards = this.#fused.map((fused) => fused?.shards ?? new Uint32Array(blockKeys));
  }

  /** Adds the keys first .. end - 1. */
  add(first: number, end: number): void {
    for (let at = first; at < end; at += blockKeys) {
      const keys = Math.min(blockKeys, end - at);
      this.#routeBlock(at, keys);
      for (const [index, { from, to }] of this.#spans.entries()) {
        const [counts, before, after] = [this.counts[index], this.#shards[from], this.#shards[to]];
        const width = this.#routers[to]?.shardCount ?? 0;
        if (counts === undefined || before === undefined || after === undefined) continue;
        countPairs(before, after, keys, width, counts);
      }
    }
  }

  #routeBlock(first: number, keys: number): void {
    const { hi, lo } = this.#words;
    const isHashed = this.#hash !== null && this.#fused.includes(null);
    if (this.#hash !== null && isHashed) hashIntegers(this.#hash, first, keys, hi, lo);
    for (const [index, router] of this.#routers.entries()) {
      const shards = this.#shards[index];
      const fused = this.#fused[index] ?? null;
      if (shards === undefined) continue;
      if (fused !== null) {
        writeKeys(fused.keys, first, keys);
        fused.run(keys);
      } else if (this.#hash !== null && router.byHash !== undefined) {
        router.byHash.place(hi, lo, keys, shards);
      } else routeIntegers(router, first, keys, shards);
    }
  }
}

const key = new Uint8Array(8);
const out: Hash64 = { hi: 0, lo: 0 };

/** Integers below 2^32 in the canonical encoding of int8. */
function writeKey(value: number): void {
  key[0] = value;
  key[1] = value >>> 8;
  key[2] = value >>> 16;
  key[3] = value >>> 24;
}

/** The integers first .. first + count - 1, all of them below 2^32, into the kernel's memory. */
function writeKeys(keys: BigInt64Array, first: number, count: number): void {
  // By their lower words: a BigInt for each key would take longer than to route it.
  const words = new Uint32Array(keys.buffer, keys.byteOffset, 2 * count);
  for (let i = 0; i < count; i += 1) words[2 * i] = first + i;
}

function hashIntegers(
  hash: KeyHash,
  first: number,
  keys: number,
  hi: Uint32Array,
  lo: Uint32Array,
): void {
  if (hash.hashIntegers !== undefined) {
    hash.hashIntegers(first, keys, hi, lo);
    return;
  }
  for (let i = 0; i < keys; i += 1) {
    writeKey(first + i);
    hash.hash(key, 0, 8, out);
    hi[i] = out.hi;
    lo[i] = out.lo;
  }
}

function routeIntegers(router: Router, first: number, keys: number, shards: Uint32Array): void {
  const only = onlyShard(router, first, first + keys - 1);
  if (only >= 0) {
    shards.fill(only, 0, keys);
    return;
  }
  for (let i = 0; i < keys; i += 1) {
    writeKey(first + i);
    shards[i] = router.route(key, 0, 8);
  }
}

const lastKey = new Uint8Array(8);

/** The shard of all keys first .. last, where an ordered router has them all on one; else -1. */
function onlyShard(router: Router, first: number, last: number): number {
  if (router.routeRange === undefined) return -1;
  writeKey(last);
  lastKey.set(key);
  writeKey(first);
  let found = -1;
  let shards = 0;
  router.routeRange(key, lastKey, (shard) => {
    found = shard;
    shards += 1;
  });
  return shards === 1 ? found : -1;
}

function countPairs(
  before: Uint32Array,
  after: Uint32Array,
  keys: number,
  width: number,
  counts: Float64Array,
): void {
  for (let i = 0; i < keys; i += 1) {
    const pair = (before[i] ?? 0) * width + (after[i] ?? 0);
    counts[pair] = (counts[pair] ?? 0) + 1;
  }
}
