import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hex64, readVectors } from '../../base/hash/vectors.suite.ts';
import { encodeKey, type KeyType } from '../../base/keys.ts';
import { buildFor, knownKeys, shardsOf, topologyOf } from '../fixtures.suite.ts';
import { hashKeyspaceId, vitessHash } from './vitess-hash.ts';
import {
  type KeyspaceId,
  reshardedVitess,
  vitessShardName,
  vitessShards,
} from './vitess-shards.ts';
import { vitessXxhash, xxhashKeyspaceId } from './vitess-xxhash.ts';

const shape = z.object({
  hash: z.object({ vectors: z.array(z.object({ id_u64: z.string(), ksid_hex: z.string() })) }),
  xxhash: z.object({
    vectors: z.array(
      z.object({ type: z.string(), value: z.string().nullable(), ksid_hex: z.string() }),
    ),
  }),
});
const file = readVectors('vitess-vindexes.json', shape);

const out = { hi: 0, lo: 0 };
function idOf(keyspaceId: KeyspaceId, type: KeyType, text: string): string {
  const bytes = encodeKey(type, text);
  keyspaceId(bytes, 0, bytes.length, out);
  return hex64(out);
}
const xxhashOf = (type: KeyType, text: string): string => idOf(xxhashKeyspaceId(type), type, text);
const hashOf = (text: string): string => idOf(hashKeyspaceId, 'int8', text);
const namesOf = (ranges: ReturnType<typeof vitessShards>): string[] =>
  ranges.map((_, index) => vitessShardName(ranges, index));

describe('keyspace ids', () => {
  it('are those of Vitess', () => {
    // vitessio/vitess, go/vt/vtgate/vindexes, hash_test.go and xxhash_test.go.
    expect(hashOf('1')).toBe('166b40b44aba4bd6');
    expect(xxhashOf('text', 'test1')).toBe('d01ab7e4d6978f0b');
    expect(xxhashOf('int8', '-1')).toBe('d8e2a6a7c8c7623d');
    expect(xxhashOf('int8', '-9223372036854775808')).toBe('102c27ddb26a609e');
  });

  it.skipIf(file === null)('agree with every vector of hash and xxhash', () => {
    const { hash, xxhash } = shape.parse(file);
    for (const { id_u64: id, ksid_hex: expected } of hash.vectors) {
      expect(hashOf(String(BigInt.asIntN(64, BigInt(id))))).toBe(expected);
    }
    for (const { type, value, ksid_hex: expected } of xxhash.vectors) {
      // NULL has no bytes, like an empty text; an unsigned integer beyond int8 is its digits too.
      expect(xxhashOf('text', value ?? '')).toBe(expected);
      const column = type === 'int64' ? 'int8' : 'text';
      expect(xxhashOf(column, value ?? '')).toBe(expected);
    }
  });

  it('refuse the types that Vitess leaves open', () => {
    expect(vitessHash.keyTypes).toEqual(['int8']);
    expect(vitessXxhash.keyTypes).toEqual(['text', 'int8']);
  });
});

describe('Vitess shards', () => {
  // vitessio/vitess, go/vt/key/key_test.go, TestGenerateShardRanges.
  it.each([
    [1, '-'],
    [2, '-80 80-'],
    [4, '-40 40-80 80-c0 c0-'],
    [7, '-24 24-49 49-6d 6d-92 92-b6 b6-db db-'],
  ])('of %i are %s', (count, names) => {
    expect(namesOf(vitessShards(count))).toEqual(names.split(' '));
  });

  it('beyond 256 have bounds of two bytes', () => {
    // go/vt/key/key_test.go: 512 shards are -0080, 0080-0100 and so on; a zero byte at the end says
    // nothing.
    expect(namesOf(vitessShards(512)).slice(0, 3)).toEqual(['-0080', '0080-01', '01-0180']);
  });

  it('hold a key from their start on, and not at their end', () => {
    const keys = knownKeys('int8', ['1', '2', '3', '4', '5', '6']);
    // Keyspace ids 16.., 06.., 4e.., d2.., 70.., f0.. (hash_test.go).
    expect(shardsOf(buildFor(vitessHash, 4, keys), keys)).toEqual([0, 0, 1, 3, 1, 3]);
  });

  it('split in halves, the widest first, and merge again', () => {
    const four = vitessShards(4);
    const six = reshardedVitess(four, 6);
    expect(namesOf(six)).toEqual(['-20', '20-40', '40-60', '60-80', '80-c0', 'c0-']);
    expect(six.map(({ shard }) => shard)).toEqual([0, 4, 1, 5, 2, 3]);
    expect(namesOf(reshardedVitess(four, 8))).toEqual(namesOf(vitessShards(8)));
    expect(reshardedVitess(six, 4)).toEqual(four);
    expect(namesOf(reshardedVitess(four, 3))).toEqual(['-40', '40-80', '80-']);
  });

  it('cover every keyspace id once, after any steps', () => {
    const count = fc.integer({ min: 1, max: 300 });
    const property = fc.property(count, fc.array(count, { maxLength: 4 }), (first, steps) => {
      const ranges = steps.reduce(reshardedVitess, vitessShards(first));
      const starts = ranges.map(({ start }) => start);
      expect(starts[0]).toBe(0n);
      expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => (a < b ? -1 : 1)));
      const shards = ranges.map(({ shard }) => shard).toSorted((a, b) => a - b);
      expect(shards).toEqual(Array.from({ length: steps.at(-1) ?? first }, (_, shard) => shard));
    });
    fc.assert(property, { seed: 32, numRuns: 60 });
  });

  it('are at most 65,536', () => {
    const options = { keyType: 'int8', hash: null, parameter: null, salt: '' } as const;
    const build = (shards: number): unknown =>
      vitessHash.build(topologyOf(shards), { ...options, keys: knownKeys('int8', []) });
    expect(() => build(65_537)).toThrow('vitess-hash takes at most 65536 shards');
  });
});
