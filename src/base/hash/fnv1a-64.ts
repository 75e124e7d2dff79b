// FNV-1a, 64 bits: Fowler, Noll, Vo; RFC 9923. http://www.isthe.com/chongo/tech/comp/fnv/
import type { KeyHash } from './key-hash.ts';
import { multiplyHigh32 } from './word64.ts';

/** The prime is 2^40 + 0x1b3: its high word is a shift by 8. */
const primeLow = 0x1b3;

/** Badly spread on short keys that differ in their last bytes: use it to match other systems. */
export const fnv1a64: KeyHash = {
  name: 'fnv1a-64',
  bits: 64,
  hash(bytes, start, end, out) {
    let hi = 0xcbf29ce4 | 0;
    let lo = 0x84222325 | 0;
    for (let i = start; i < end; i += 1) {
      lo ^= bytes[i] ?? 0;
      hi = (multiplyHigh32(lo, primeLow) + Math.imul(hi, primeLow) + (lo << 8)) | 0;
      lo = Math.imul(lo, primeLow);
    }
    out.hi = hi >>> 0;
    out.lo = lo >>> 0;
  },
};
