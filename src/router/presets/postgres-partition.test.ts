import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeCompositeKey, type KeyPart } from '../../base/composite-keys.ts';
import { noSeed, type Seed64 } from '../../base/hash/lookup3.ts';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { encodeKey, type KeyType } from '../../base/keys.ts';
import { buildFor, knownKeys, shardsOf, topologyOf } from '../fixtures.suite.ts';
import { pgdog } from './pgdog.ts';
import { postgresHash } from './postgres-hash.ts';
import { hashValue, partitionRouter, partitionSeed } from './postgres-partition.ts';

const key = z.string();
const remainder = z.record(z.string(), z.int());
const shape = z.object({
  int8: z.array(
    z.object({
      key,
      hashint8: key,
      hashint8extended_seed0: key,
      hashint8extended_partition_seed: key,
    }),
  ),
  int4: z.array(
    z.object({
      key,
      hashint4: key,
      hashint4extended_seed0: key,
      hashint4extended_partition_seed: key,
    }),
  ),
  uuid: z.array(
    z.object({
      key,
      uuid_hash: key,
      uuid_hash_extended_seed0: key,
      uuid_hash_extended_partition_seed: key,
    }),
  ),
  remainders: z.array(z.object({ type: z.enum(['int8', 'int4', 'text', 'uuid']), key, remainder })),
  composite: z.array(z.object({ a: key.nullable(), b: key.nullable(), remainder })),
  first500_mod5: z.array(z.int()),
  pgcat_mod5_first10: z.record(z.string(), z.array(z.int())),
});
const file = readVectors('postgres-hash-partition.json', shape);

const out = { hi: 0, lo: 0 };
/** As SQL prints it: signed. */
function hashOf(type: KeyType, text: string, seed: Seed64): string {
  const bytes = encodeKey(type, text);
  hashValue(type, bytes, 0, bytes.length, seed, out);
  return String(BigInt.asIntN(64, (BigInt(out.hi) << 32n) | BigInt(out.lo)));
}

function partOf(bytes: Uint8Array, type: KeyType | 'composite', modulus: number): number {
  return partitionRouter('test', topologyOf(modulus), type).route(bytes, 0, bytes.length);
}

const pair = (a: string | null, b: string | null): Uint8Array => {
  const parts: KeyPart[] = [
    { type: 'int8', text: a },
    { type: 'text', text: b },
  ];
  return encodeCompositeKey(parts);
};

describe('partition hash', () => {
  // What PostgreSQL 18 says.
  it.each([
    ['int8', '1', '-1905060026', '5968994663651403477'],
    ['uuid', '40e142fd-1038-48e6-93ae-15edba5c5c43', '935281654', '1559860343345353222'],
  ] as const)('of %s %s is %s in 32 bits, %s with the seed', (type, text, short, seeded) => {
    hashOf(type, text, noSeed);
    expect(String(out.lo | 0)).toBe(short);
    expect(hashOf(type, text, partitionSeed)).toBe(seeded);
  });

  it.skipIf(file === null)('agrees with every hash of an integer or uuid', () => {
    const rows = [
      ...(file?.int8 ?? []).map((row) => ({ type: 'int8', row }) as const),
      ...(file?.int4 ?? []).map((row) => ({ type: 'int8', row }) as const),
      ...(file?.uuid ?? []).map((row) => ({ type: 'uuid', row }) as const),
    ];
    expect(rows.length).toBeGreaterThan(0);
    for (const { type, row } of rows) {
      // In the order of the shape.
      const [text = '', short, plain, seeded] = Object.values(row);
      expect(hashOf(type, text, noSeed)).toBe(plain);
      expect(String(out.lo | 0)).toBe(short);
      expect(hashOf(type, text, partitionSeed)).toBe(seeded);
    }
  });

  it.skipIf(file === null)('gives every remainder', () => {
    for (const { type, key: text, remainder: expected } of file?.remainders ?? []) {
      const keyType = type === 'int4' ? 'int8' : type;
      const bytes = encodeKey(keyType, text);
      for (const [modulus, shard] of Object.entries(expected)) {
        expect(partOf(bytes, keyType, Number(modulus))).toBe(shard);
      }
    }
  });

  it.skipIf(file === null)('gives every remainder of two columns, NULLs among them', () => {
    for (const { a, b, remainder: expected } of file?.composite ?? []) {
      for (const [modulus, shard] of Object.entries(expected)) {
        expect(partOf(pair(a, b), 'composite', Number(modulus))).toBe(shard);
      }
    }
  });

  it.skipIf(file === null)('gives the partitions of 1 to 500 that Postgres and pgcat have', () => {
    const ids = knownKeys(
      'int8',
      Array.from({ length: 500 }, (_, i) => String(i + 1)),
    );
    const shards = shardsOf(buildFor(pgdog, 5, ids), ids);
    expect(shards).toEqual(file?.first500_mod5);
    for (const [shard, first] of Object.entries(file?.pgcat_mod5_first10 ?? {})) {
      const found = shards.flatMap((each, i) => (each === Number(shard) ? [i + 1] : []));
      expect(found.slice(0, 10)).toEqual(first);
    }
  });
});

describe('postgres-hash', () => {
  it('puts a published uuid into partition 9 of 16, and NULL into the first', () => {
    const uuid = encodeKey('uuid', '40e142fd-1038-48e6-93ae-15edba5c5c43');
    expect(partOf(uuid, 'uuid', 16)).toBe(9);
    expect(partOf(encodeCompositeKey([{ type: 'int8', text: null }]), 'composite', 7)).toBe(0);
    // PostgreSQL 18: (1, 'x') and (1, NULL) of (int8, text), modulus 5.
    expect(partOf(pair('1', 'x'), 'composite', 5)).toBe(2);
    expect(partOf(pair('1', null), 'composite', 5)).toBe(0);
  });

  it('takes a key of one column like the column', () => {
    for (const [type, text] of [
      ['int8', '-9223372036854775808'],
      ['text', '汉字'],
      ['uuid', '99c6705c-d939-461c-a3c9-1690ad64ed7b'],
    ] as const) {
      const single = encodeKey(type, text);
      const composite = encodeCompositeKey([{ type, text }]);
      expect(partOf(composite, 'composite', 1024)).toBe(partOf(single, type, 1024));
    }
  });

  it('is refused by no type of its own, and by pgdog for several columns', () => {
    expect(postgresHash.keyTypes).toContain('composite');
    expect(pgdog.keyTypes).not.toContain('composite');
  });
});
