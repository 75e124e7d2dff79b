import { type PackedKeys, packKeys } from '../base/keys.ts';
import { rngFrom } from '../base/rng.ts';
import type { KnownKeys } from '../router/contract.ts';

/**
 * Keys of a loop, a power of two. A processor learns the branches of a search for a thousand keys
 * that come again and again: the same ring in C then takes 9 ns a key, and 55 to 120 with these.
 */
export const loopKeys = 65_536;
/** Keys that routers which place known keys are given: 4 on each of 4,096 shards. */
export const knownLoopKeys = 16_384;
/** Keys whose shards are compared, in every form. */
export const checkedKeys = 1024;

/** The same keys in every form that routers take. */
export interface HotPathKeys {
  /** `tenant-00012345`: 15 ASCII characters each, all different. */
  readonly texts: readonly string[];
  readonly textBytes: PackedKeys;
  /** Whole numbers from 0 to 2^53 - 1, all different. */
  readonly integers: readonly number[];
  readonly integerBytes: PackedKeys;
}

/** Distinct keys without any order, fixed by the seed: fewer are the first of more. */
export function hotPathKeys(seed: number, count: number): HotPathKeys {
  const texts = distinct(seed, 'texts', count, 1e8).map(
    (number) => `tenant-${String(number).padStart(8, '0')}`,
  );
  const integers = boxed(distinct(seed, 'integers', count, 2 ** 53));
  return {
    texts,
    textBytes: packKeys('text', texts),
    integers,
    integerBytes: packedIntegers(integers),
  };
}

/** The canonical bytes of whole numbers from 0 to 2^53 - 1. */
function packedIntegers(integers: readonly number[]): PackedKeys {
  const bytes = new Uint8Array(8 * integers.length);
  const view = new DataView(bytes.buffer);
  for (const [index, integer] of integers.entries()) {
    view.setUint32(8 * index, integer % 2 ** 32, true);
    view.setUint32(8 * index + 4, Math.floor(integer / 2 ** 32), true);
  }
  const offsets = new Uint32Array(integers.length + 1).map((_, index) => 8 * index);
  return { type: 'int8', count: integers.length, bytes, offsets };
}

function distinct(seed: number, label: string, count: number, below: number): number[] {
  const rng = rngFrom(seed, `bench/${label}`);
  const found = new Set<number>();
  while (found.size < count) found.add(Math.floor(rng.double() * below));
  return [...found];
}

/**
 * The numbers as objects of the heap, as whoever routes keys has them: an array of nothing but
 * doubles holds bare ones, and each that is read and handed on would be a new object, which the
 * look-up would then be blamed for. A list that has held anything else keeps its numbers as
 * objects.
 */
function boxed(numbers: readonly number[]): readonly number[] {
  const list: unknown[] = [null, ...numbers];
  list.shift();
  return list as number[];
}

/** Keys that exist, one row each, for routers that place known keys. */
export function knownKeysOf(
  { textBytes, integerBytes }: HotPathKeys,
  type: 'text' | 'int8',
): KnownKeys {
  const packed = type === 'text' ? textBytes : integerBytes;
  const each = 1 / packed.count;
  return {
    ...packed,
    rows: Float64Array.from({ length: packed.count }, () => 1),
    weights: Float64Array.from({ length: packed.count }, () => each),
  };
}

export function noKnownKeys(type: 'text' | 'int8'): KnownKeys {
  return { ...packKeys(type, []), rows: [], weights: [] };
}
