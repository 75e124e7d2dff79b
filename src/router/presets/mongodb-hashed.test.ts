import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { encodeKey, type KeyType } from '../../base/keys.ts';
import { buildFor, knownKeys, shardsOf, topologyOf } from '../fixtures.suite.ts';
import { type HashRange, rangeEnd } from './hash-ranges.ts';
import { balancedChunks, initialChunks, splitPoints } from './mongodb-chunks.ts';
import { ElementHash, hashElement, mongodbHashed } from './mongodb-hashed.ts';

const row = z.object({ hash: z.string() });
const shape = z.object({
  canonical_types_checked: z.object({ objectId: z.int(), bool: z.int() }),
  numbers: z.array(row.extend({ values: z.array(z.string()) })),
  strings: z.array(row.extend({ value: z.string() })),
  objectIds: z.array(row.extend({ hex: z.string() })),
  booleans: z.array(row.extend({ value: z.boolean() })),
  other: z.array(row.extend({ value: z.string() })),
});
const file = readVectors('mongodb-hashed.json', shape);

const out = { hi: 0, lo: 0 };
const signed = (): string => String(BigInt.asIntN(64, (BigInt(out.hi) << 32n) | BigInt(out.lo)));

function hashOf(type: KeyType, text: string): string {
  const key = encodeKey(type, text);
  new ElementHash(type).hash(key, 0, key.length, out);
  return signed();
}

function elementHash(canonicalType: number, ...parts: readonly Uint8Array[]): string {
  const bytes = Buffer.concat([Buffer.alloc(8), ...parts]);
  hashElement(canonicalType, bytes, bytes.length, out);
  return signed();
}

function little(value: bigint, length: 4 | 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes.subarray(0, length);
}

/** safeNumberLongForHash: a double loses its fraction, is 0 when it is no number, and saturates. */
const integers: Readonly<Record<string, string>> = {
  NaN: '0',
  DBL_MAX: '9223372036854775807',
  '-DBL_MAX': '-9223372036854775808',
};
const integerOf = (value: string): string =>
  integers[value] ?? (value.includes('.') ? String(Math.trunc(Number(value))) : value);

/** The rest of hasher_test.cpp by canonical type, in the vectors' words. */
const others: Readonly<Record<string, () => string>> = {
  MinKey: () => elementHash(-1),
  MaxKey: () => elementHash(127),
  Undefined: () => elementHash(0),
  'Date 0x5566778811223344': () => elementHash(45, little(0x5566778811223344n, 8)),
  'Date 0': () => elementHash(45, little(0n, 8)),
  'BinData(6 bytes 0,1,2,3,4,6; general)': () =>
    elementHash(30, little(6n, 4), Uint8Array.of(0, 0, 1, 2, 3, 4, 6)),
  'UUID bytes 0..15': () => hashOf('uuid', '00010203-0405-0607-0809-0a0b0c0d0e0f'),
};

describe('hash of a BSON element', () => {
  it('is that of MongoDB', () => {
    // mongodb/mongo, src/mongo/db/hasher_test.cpp.
    expect(hashOf('int8', '42')).toBe('-944302157085130861');
    expect(hashOf('int8', '-9223372036854775808')).toBe('4532067210535695462');
    expect(hashOf('text', 'abc')).toBe('8478485326885698097');
    expect(hashOf('uuid', '00010203-0405-0607-0809-0a0b0c0d0e0f')).toBe('6084661258071355978');
  });

  it.skipIf(file === null)('agrees with every vector', () => {
    const { canonical_types_checked: types, ...rows } = shape.parse(file);
    for (const { values, hash } of rows.numbers) {
      for (const value of values) expect(hashOf('int8', integerOf(value))).toBe(hash);
    }
    for (const { value, hash } of rows.strings) expect(hashOf('text', value)).toBe(hash);
    for (const { hex, hash } of rows.objectIds) {
      expect(elementHash(types.objectId, Buffer.from(hex, 'hex'))).toBe(hash);
    }
    for (const { value, hash } of rows.booleans) {
      expect(elementHash(types.bool, Uint8Array.of(value ? 1 : 0))).toBe(hash);
    }
    for (const { value, hash } of rows.other) expect(others[value]?.()).toBe(hash);
  });

  it('takes keys longer than any before', () => {
    const hash = new ElementHash('text');
    const long = encodeKey('text', 'x'.repeat(10_000));
    hash.hash(long, 0, long.length, out);
    const first = signed();
    hash.hash(encodeKey('text', 'abc'), 0, 3, out);
    expect(signed()).toBe('8478485326885698097');
    expect(first).toBe(hashOf('text', 'x'.repeat(10_000)));
  });
});

/** Size of each shard's part of the hash space, in 1 / 2^64. */
function sizesOf(ranges: readonly HashRange[], shards: number): bigint[] {
  const sizes = Array.from({ length: shards }, () => 0n);
  for (const [index, { start, shard }] of ranges.entries()) {
    sizes[shard] = (sizes[shard] ?? 0n) + rangeEnd(ranges, index) - start;
  }
  return sizes;
}

/** The shard of each of some hashes. */
const shardsAt = (ranges: readonly HashRange[], hashes: readonly bigint[]): number[] =>
  hashes.map((hash) => ranges.findLast(({ start }) => start <= hash)?.shard ?? -1);

describe('chunks', () => {
  it('meet symmetrically around 0', () => {
    // mongodb/mongo, initial_split_policy_test.cpp: max / chunks x 2 wide, from 0 outwards.
    const third = (2n ** 63n - 1n) / 3n;
    expect(splitPoints(1)).toEqual([]);
    expect(splitPoints(2)).toEqual([0n]);
    expect(splitPoints(3)).toEqual([-third, third]);
    const width = ((2n ** 63n - 1n) / 4n) * 2n;
    expect(splitPoints(4)).toEqual([-width, 0n, width]);
  });

  it('of one shard are neighbours', () => {
    const shards = initialChunks(topologyOf(3), 2).map(({ shard }) => shard);
    expect(shards).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('hold the keys from their lowest hash on', () => {
    const keys = knownKeys('int8', ['42', '0', '1']);
    // Hashes -0.9, 4.9 and 5.9 x 10^18 (hasher_test.cpp): of four chunks the second, third and
    // last.
    expect(shardsOf(buildFor(mongodbHashed, 4, keys), keys)).toEqual([1, 3, 3]);
    expect(shardsOf(buildFor(mongodbHashed, 2, keys), keys)).toEqual([0, 1, 1]);
  });

  it('are balanced after any steps, and only those move that must', () => {
    const weights = fc
      .array(fc.constantFrom(0, 1, 1, 1), { minLength: 1, maxLength: 9 })
      .filter((each) => each.includes(1));
    const hashes = Array.from({ length: 200 }, (_, i) => (BigInt(i) * 2n ** 64n) / 200n + 7n);
    const chunks = fc.integer({ min: 1, max: 3 });
    const property = fc.property(
      weights,
      fc.array(weights, { minLength: 1, maxLength: 4 }),
      chunks,
      (first, steps, perShard) => {
        let active = topologyOf(first.length, first);
        let ranges = initialChunks(active, perShard);
        for (const each of steps) {
          const next = topologyOf(each.length, each);
          const after = balancedChunks(ranges, next);
          const count = each.filter((weight) => weight > 0).length;
          for (const [shard, size] of sizesOf(after, each.length).entries()) {
            const due = (each[shard] ?? 0) * (2 ** 64 / count);
            // A step of 1 / 2^64 for each chunk that was ever cut, and the rounding of a double.
            expect(Math.abs(Number(size) - due)).toBeLessThan(2 ** 20);
          }
          const before = shardsAt(ranges, hashes);
          for (const [i, shard] of shardsAt(after, hashes).entries()) {
            const was = before[i] ?? 0;
            const wasActive = (active.weights[shard] ?? 0) > 0;
            const mustMove = (next.weights[was] ?? 0) === 0;
            expect(shard === was || mustMove || !wasActive).toBe(true);
          }
          ranges = after;
          active = next;
        }
      },
    );
    fc.assert(property, { seed: 33, numRuns: 150 });
  });
});
