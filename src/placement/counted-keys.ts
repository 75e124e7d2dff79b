import { type KeyType, packKeys, type PackedKeys } from '../base/keys.ts';
import { rngFrom, type Rng } from '../base/rng.ts';
import type { KnownKeys } from '../router/contract.ts';
import { withRows } from '../router/checks/checked-router.ts';

/** Keys of which exact counters are taken, fixed by a seed. */
export interface CountedKeys {
  readonly texts: readonly string[];
  readonly packed: KnownKeys;
}

/** What the texts are like that are not `tenant-` and eight digits. */
const alphabet = 'abcXYZ0189-_. /äßéñ中😀';

/**
 * So many keys of a type, no two the same. text: nine in ten are 15 ASCII characters, the others of
 * any length up to 40 with characters outside ASCII; int8: all bit lengths, both signs; uuid: any.
 */
export function countedKeys(type: KeyType, count: number, seed: number): CountedKeys {
  const rng = rngFrom(seed, `gate/${type}`);
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(draws[type](rng, drawn.size));
  const texts = [...drawn];
  const packed: PackedKeys = packKeys(type, texts);
  return { texts, packed: withRows(packed, (index) => 1 + ((index * 7919) % 100)) };
}

const draws: Readonly<Record<KeyType, (rng: Rng, index: number) => string>> = {
  text(rng, index) {
    if (index % 10 !== 0) return `tenant-${String(rng.uint32() % 100_000_000).padStart(8, '0')}`;
    const characters = Array.from(alphabet);
    const length = rng.uint32() % 40;
    return Array.from({ length }, () => characters[rng.uint32() % characters.length]).join('');
  },
  int8(rng) {
    const bits = BigInt.asUintN(64, (BigInt(rng.uint32()) << 32n) | BigInt(rng.uint32()));
    return String(BigInt.asIntN(64, bits) >> BigInt(rng.uint32() % 64));
  },
  uuid(rng) {
    const hex = Array.from({ length: 4 }, () => rng.uint32().toString(16).padStart(8, '0')).join(
      '',
    );
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  },
};
