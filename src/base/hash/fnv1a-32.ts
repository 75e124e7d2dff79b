// FNV-1a, 32 bits: Fowler, Noll, Vo; RFC 9923. http://www.isthe.com/chongo/tech/comp/fnv/
import type { KeyHash } from './key-hash.ts';

/** Badly spread on short keys that differ in their last bytes: use it to match other systems. */
export const fnv1a32: KeyHash = {
  name: 'fnv1a-32',
  bits: 32,
  hash(bytes, start, end, out) {
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    out.hi = 0;
    out.lo = hash >>> 0;
  },
};
