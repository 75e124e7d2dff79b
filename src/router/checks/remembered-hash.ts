import type { Hash64, KeyHash } from '../../base/hash/key-hash.ts';
import type { PackedKeys } from '../../base/keys.ts';

/**
 * The same hash, computed once for each of the keys where they lie: a check that looks all of them
 * up on 130 numbers of shards would spend a third of its time on hashing them again.
 */
export function rememberedHash(hash: KeyHash, { bytes, count, offsets }: PackedKeys): KeyHash {
  const hi = new Uint32Array(count);
  const lo = new Uint32Array(count);
  /** Position of the key that begins at a byte; -1 where none does. */
  const keyAt = new Int32Array(bytes.length + 1).fill(-1);
  const out: Hash64 = { hi: 0, lo: 0 };
  for (let key = 0; key < count; key += 1) {
    const start = offsets[key] ?? 0;
    const end = offsets[key + 1] ?? 0;
    hash.hash(bytes, start, end, out);
    hi[key] = out.hi;
    lo[key] = out.lo;
    if (end > start) keyAt[start] = key;
  }
  return {
    name: hash.name,
    bits: hash.bits,
    hash(given, start, end, into) {
      const key = given === bytes ? (keyAt[start] ?? -1) : -1;
      if (key < 0 || offsets[key + 1] !== end) {
        hash.hash(given, start, end, into);
        return;
      }
      into.hi = hi[key] ?? 0;
      into.lo = lo[key] ?? 0;
    },
  };
}
