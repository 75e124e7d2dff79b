import { assert } from '../base/assert.ts';
import type { PackedKeys } from '../base/keys.ts';
import type { Rng } from '../base/rng.ts';
import { layOutUuid4, layOutUuid7, uuid7Ms, writeWord } from '../base/uuid-layout.ts';
import { keyOrder } from '../router/key-order.ts';
import type { NewIdOrder } from '../scenario/id-styles.ts';
import type { TenantSource } from '../scenario/tenant-types.ts';
import type { Tenants } from '../workload/types.ts';

/**
 * How ids of new tenants come where the scenario does not say: numbers are counted on, uuids of
 * version 7 have the time in front, and all other uuids and names from a file are like one another.
 */
export function newIdOrder({ distribution, idType }: TenantSource, { keys }: Tenants): NewIdOrder {
  if (idType === 'int8') return 'sequential';
  if (idType === 'text') return distribution === 'file' ? 'random' : 'sequential';
  return versionsOf(keys) === 7 ? 'sequential' : 'random';
}

/** The version that all UUIDs have; 0 where they differ. */
function versionsOf({ count, bytes }: PackedKeys): number {
  const versionAt = (key: number): number => (bytes[16 * key + 6] ?? 0) >>> 4;
  for (let key = 1; key < count; key += 1) if (versionAt(key) !== versionAt(0)) return 0;
  return versionAt(0);
}

/** Ids that no present tenant has (a random integer may), in the order in which they come. */
export function newTenantIds(
  present: PackedKeys,
  order: NewIdOrder,
  count: number,
  rng: Rng,
): PackedKeys {
  switch (present.type) {
    case 'text':
      return textIds(present, order, count, rng);
    case 'int8':
      return integerIds(present, order, count, rng);
    case 'uuid':
      return uuidIds(present, order, count, rng);
    case 'composite':
      throw new Error('assertion failed: the id of a tenant is one column');
  }
}

const suffixDigits = 10;

/** A present id, the last one or any, with a number behind it: it comes right after that one. */
function textIds(present: PackedKeys, order: NewIdOrder, count: number, rng: Rng): PackedKeys {
  const { offsets } = present;
  const { last } = endsOf(present);
  const stems = Uint32Array.from({ length: count }, () =>
    order === 'sequential' ? last : Math.floor(rng.double() * present.count),
  );
  const starts = new Uint32Array(count + 1);
  for (const [id, stem] of stems.entries()) {
    const length = (offsets[stem + 1] ?? 0) - (offsets[stem] ?? 0);
    starts[id + 1] = (starts[id] ?? 0) + length + suffixDigits;
  }
  const bytes = new Uint8Array(starts[count] ?? 0);
  for (const [id, stem] of stems.entries()) {
    const start = starts[id] ?? 0;
    bytes.set(present.bytes.subarray(offsets[stem] ?? 0, offsets[stem + 1] ?? 0), start);
    let number = order === 'sequential' ? id : Math.floor(rng.double() * 10 ** suffixDigits);
    for (let at = (starts[id + 1] ?? 0) - 1; at >= (starts[id + 1] ?? 0) - suffixDigits; at -= 1) {
      bytes[at] = 0x30 + (number % 10);
      number = Math.floor(number / 10);
    }
  }
  return { type: 'text', count, bytes, offsets: starts };
}

const int8Max = 2n ** 63n - 1n;

/** On from the greatest, or anywhere between the least and the greatest. */
function integerIds(present: PackedKeys, order: NewIdOrder, count: number, rng: Rng): PackedKeys {
  const view = new DataView(present.bytes.buffer, present.bytes.byteOffset);
  const ends = endsOf(present);
  const [least, greatest] = [ends.first, ends.last].map((key) => view.getBigInt64(8 * key, true));
  assert(least !== undefined && greatest !== undefined, 'a tenant');
  const keys = fixedKeys('int8', 8, count);
  const into = new DataView(keys.bytes.buffer);
  for (let id = 0; id < count; id += 1) {
    const next =
      order === 'sequential'
        ? greatest + BigInt(id + 1)
        : least + BigInt(Math.floor(rng.double() * Number(greatest - least + 1n)));
    into.setBigInt64(8 * id, next > int8Max ? int8Max : next, true);
  }
  return keys;
}

/** 2026-01-01, where no present id says a time. */
const firstMs = 1_767_225_600_000;

/** Version 7, each a second after the one before, or 122 random bits. */
function uuidIds(present: PackedKeys, order: NewIdOrder, count: number, rng: Rng): PackedKeys {
  const timed = versionsOf(present) === 7;
  const latestMs = timed ? uuid7Ms(present.bytes, 16 * endsOf(present).last) : firstMs;
  const keys = fixedKeys('uuid', 16, count);
  for (let id = 0; id < count; id += 1) {
    const own = keys.bytes.subarray(16 * id, 16 * (id + 1));
    for (let word = 0; word < 4; word += 1) writeWord(own, 4 * word, rng.uint32());
    if (order === 'random') layOutUuid4(own);
    else layOutUuid7(own, latestMs + 1000 * (id + 1));
  }
  return keys;
}

function fixedKeys(type: 'int8' | 'uuid', width: number, count: number): PackedKeys {
  const offsets = Uint32Array.from({ length: count + 1 }, (_, key) => width * key);
  return { type, count, bytes: new Uint8Array(width * count), offsets };
}

/** The first and the last key in the order of their type. */
function endsOf({ type, count, bytes, offsets }: PackedKeys): { first: number; last: number } {
  const compare = keyOrder(type);
  const difference = (a: number, b: number): number =>
    compare(
      bytes,
      offsets[a] ?? 0,
      offsets[a + 1] ?? 0,
      bytes,
      offsets[b] ?? 0,
      offsets[b + 1] ?? 0,
    );
  let [first, last] = [0, 0];
  for (let key = 1; key < count; key += 1) {
    if (difference(key, first) < 0) first = key;
    if (difference(key, last) > 0) last = key;
  }
  return { first, last };
}
