// Hash partitioning: postgres/postgres, src/backend/partitioning/partbounds.c,
// compute_partition_hash_value, and src/include/common/hashfn.h, hash_combine64.
import { assert } from '../../base/assert.ts';
import { partTags } from '../../base/composite-keys.ts';
import { readUint32 } from '../../base/hash/bytes.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { hashBytesExtended, hashWordExtended, type Seed64 } from '../../base/hash/lookup3.ts';
import { addHigh, remainder64 } from '../../base/hash/word64.ts';
import type { KeyType, RoutedKeyType } from '../../base/keys.ts';
import type { Router, RouterTopology } from '../contract.ts';
import { ignoredWeights } from '../weights.ts';

/** HASH_PARTITION_SEED, 0x7A5B22367996DCFD. */
export const partitionSeed: Seed64 = { hi: 0x7a5b2236, lo: 0x7996dcfd };

/**
 * hashint8extended, hashtextextended or uuid_hash_extended of a value. Integers hash alike in all
 * widths: a value that fits 32 bits folds to itself.
 */
export function hashValue(
  type: KeyType,
  bytes: Uint8Array,
  start: number,
  end: number,
  seed: Seed64,
  out: Hash64,
): void {
  if (type !== 'int8') {
    hashBytesExtended(bytes, start, end, seed, out);
    return;
  }
  const hi = readUint32(bytes, start + 4);
  hashWordExtended(readUint32(bytes, start) ^ (hi >= 0 ? hi : ~hi), seed, out);
}

/** total = total ^ (hash + 0x49a0f4dd15e5a8e3 + (total << 54) + (total >> 7)) */
function combine(total: Hash64, hash: Hash64): void {
  const withConstantLo = (hash.lo + 0x15e5a8e3) | 0;
  const withConstantHi = addHigh(hash.hi, 0x49a0f4dd, 0x15e5a8e3, withConstantLo);
  const shiftedLo = (total.lo >>> 7) | (total.hi << 25);
  const lo = (withConstantLo + shiftedLo) | 0;
  const hi = addHigh(withConstantHi + (total.lo << 22), total.hi >>> 7, shiftedLo, lo);
  total.hi = (total.hi ^ hi) >>> 0;
  total.lo = (total.lo ^ lo) >>> 0;
}

const value: Hash64 = { hi: 0, lo: 0 };

function addPart(type: KeyType, bytes: Uint8Array, start: number, end: number, out: Hash64): void {
  hashValue(type, bytes, start, end, partitionSeed, value);
  combine(out, value);
}

/** The columns of a composite key (base/composite-keys.ts), in turn; a NULL adds nothing. */
function addParts(bytes: Uint8Array, start: number, end: number, out: Hash64): void {
  let at = start;
  while (at < end) {
    const tag = bytes[at];
    at += 1;
    if (tag === partTags.null) continue;
    const from = tag === partTags.text ? at + 4 : at;
    const type = tag === partTags.text ? 'text' : tag === partTags.int8 ? 'int8' : 'uuid';
    assert(type !== 'uuid' || tag === partTags.uuid, 'a known tag in a composite key');
    if (type === 'text') at = from + readUint32(bytes, at);
    else at += type === 'int8' ? 8 : 16;
    addPart(type, bytes, from, at, out);
  }
}

/** The 64-bit hash whose remainder is a key's partition. Allocates nothing. */
export function partitionHash(
  type: RoutedKeyType,
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Hash64,
): void {
  out.hi = 0;
  out.lo = 0;
  if (type === 'composite') addParts(bytes, start, end, out);
  else addPart(type, bytes, start, end, out);
}

/** Shard = partition = hash modulo the number of shards. */
export function partitionRouter(
  name: string,
  topology: RouterTopology,
  keyType: RoutedKeyType,
): Router {
  const { shardCount } = topology;
  const out: Hash64 = { hi: 0, lo: 0 };
  return {
    shardCount,
    route(bytes, start, end) {
      partitionHash(keyType, bytes, start, end, out);
      return remainder64(out.hi, out.lo, shardCount);
    },
    warnings: ignoredWeights(name, topology),
    recipe: () => ({ kind: 'partition-hash', shardCount }),
  };
}
