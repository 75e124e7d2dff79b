// Hashed shard keys: mongodb/mongo, src/mongo/db/hasher.cpp, BSONElementHasher::hash64.
import { assert } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { md5Words } from '../../base/hash/md5.ts';
import type { KeyType, RoutedKeyType } from '../../base/keys.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { baseTraits } from '../base-traits.ts';
import type { Router, RouterDefinition, RouterTopology } from '../contract.ts';
import { ignoredWeights } from '../weights.ts';
import { HashRangeTable } from './hash-ranges.ts';
import { balancedChunks, initialChunks } from './mongodb-chunks.ts';

/** BSON's canonical types of numbers, strings and binary data. */
const canonicalTypes = { int8: 10, text: 15, uuid: 30 } as const;
const uuidSubtype = 4;
/** The seed and the canonical type, four bytes each. */
const headerBytes = 8;

const words = new Uint32Array(4);

/**
 * The hash of a BSON value without its type byte and name: of a seed of 0, its canonical type, and
 * its bytes, which `bytes` holds from `headerBytes` on. `out` is the signed hash as two words.
 */
export function hashElement(
  canonicalType: number,
  bytes: Uint8Array,
  end: number,
  out: Hash64,
): void {
  bytes.fill(0, 0, headerBytes);
  writeInt32(bytes, 4, canonicalType);
  md5Words(bytes, 0, end, words);
  out.lo = words[0] ?? 0;
  out.hi = words[1] ?? 0;
}

function writeInt32(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4; i += 1) bytes[at + i] = value >>> (8 * i);
}

/** Keys as BSON values: integers as they are, texts with length and NUL, UUIDs as subtype 4. */
export class ElementHash {
  #bytes = new Uint8Array(256);
  readonly #type: KeyType;

  constructor(type: KeyType) {
    this.#type = type;
  }

  hash(bytes: Uint8Array, start: number, end: number, out: Hash64): void {
    const length = end - start;
    // Once for a key longer than any before.
    if (length + 16 > this.#bytes.length) this.#bytes = new Uint8Array(2 * length);
    let at = headerBytes;
    if (this.#type !== 'int8') {
      writeInt32(this.#bytes, at, this.#type === 'text' ? length + 1 : length);
      at += 4;
    }
    if (this.#type === 'uuid') {
      this.#bytes[at] = uuidSubtype;
      at += 1;
    }
    for (let i = start; i < end; i += 1, at += 1) this.#bytes[at] = bytes[i] ?? 0;
    if (this.#type === 'text') {
      this.#bytes[at] = 0;
      at += 1;
    }
    hashElement(canonicalTypes[this.#type], this.#bytes, at, out);
  }
}

class MongoRouter implements Router {
  readonly shardCount: number;
  readonly table: HashRangeTable;
  readonly warnings: readonly string[];
  readonly #element: ElementHash;
  readonly #out: Hash64 = { hi: 0, lo: 0 };

  constructor(topology: RouterTopology, table: HashRangeTable, keyType: KeyType) {
    this.shardCount = topology.shardCount;
    this.table = table;
    this.#element = new ElementHash(keyType);
    const weights = topology.weights.filter((weight) => weight > 0);
    this.warnings = ignoredWeights('mongodb-hashed', { shardCount: weights.length, weights });
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    this.#element.hash(bytes, start, end, this.#out);
    // The chunks are in the order of the signed hashes, from the lowest.
    return this.table.shardOf((this.#out.hi ^ 0x8000_0000) >>> 0, this.#out.lo);
  }
}

const chunksMax = 2 ** 20;

function build(
  topology: RouterTopology,
  keyType: RoutedKeyType,
  chunks: number,
  previous: Router | undefined,
): Router {
  assert(keyType !== 'composite', 'one hashed field');
  if (previous !== undefined) {
    assert(previous instanceof MongoRouter, 'mongodb-hashed grows from its own kind only');
    const ranges = balancedChunks(previous.table.ranges, topology);
    return new MongoRouter(topology, new HashRangeTable(ranges), keyType);
  }
  if (chunks * topology.shardCount > chunksMax) {
    throw new UserError(
      `mongodb-hashed:${chunks} on ${topology.shardCount} shards makes more than ` +
        `${chunksMax} chunks`,
      { exitCode: exitCodes.usage, hint: 'use fewer chunks for each shard; the default is 1' },
    );
  }
  return new MongoRouter(topology, new HashRangeTable(initialChunks(topology, chunks)), keyType);
}

/**
 * Reproduced: the hash of an integer (any BSON number of that value: int32, int64 and double
 * alike), a text and a uuid (BinData subtype 4, as drivers write it now), and the chunks of an
 * empty collection: one a shard since 7.2, `mongodb-hashed:2` before, neighbours on one shard.
 *
 * Growing and shrinking: what the balancer comes to in the end when bytes follow the hash: every
 * shard the same part of the hash space, moved off the front of the fuller shards' chunks. The real
 * one moves ranges of 128 MB and stops when two shards are within three of them. A shard of weight
 * 0 is a drained one.
 *
 * Not reproduced: which of the shards gets the first chunk (MongoDB shuffles the list), zones,
 * compound keys with a hashed field, uuids of the old subtype 3, and text under a collation.
 */
export const mongodbHashed: RouterDefinition = {
  name: 'mongodb-hashed',
  summary: "MongoDB's hashed shard key: MD5 of the BSON value, chunks of equal hash ranges",
  traits: {
    ...baseTraits,
    monotone: true,
    removesAny: true,
    lookup: 'O(log chunks)',
    memory: 'O(chunks)',
  },
  parameter: { name: 'chunks', default: 1, min: 1, max: 8192 },
  keyTypes: ['text', 'int8', 'uuid'],
  reproduces: {
    system: 'MongoDB, hashed shard key on an empty collection, then balanced',
    except: 'the order of the shards, which MongoDB shuffles; ranges of 128 MB; zones',
  },
  build: (topology, { keyType, parameter }, previous) =>
    build(topology, keyType, parameter ?? 1, previous),
};
