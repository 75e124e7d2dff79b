// FNV-1a, 64 bits: Fowler, Noll, Vo; RFC 9923. http://www.isthe.com/chongo/tech/comp/fnv/
import { kernelHash } from './hash-kernel.ts';
import type { KeyHash } from './key-hash.ts';

/** Badly spread on short keys that differ in their last bytes: use it to match other systems. */
export const fnv1a64: KeyHash = kernelHash('fnv1a-64', 64, 'fnv1a64');
