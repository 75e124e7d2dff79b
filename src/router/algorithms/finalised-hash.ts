import type { KeyHash } from '../../base/hash/key-hash.ts';
import { SplitMix64 } from '../../base/hash/split-mix64.ts';

/**
 * The hash's result as SplitMix64's seed: its first number, 64 bits wide whatever the hash. Where
 * every point counts, FNV-1a's huddle too closely to be used as they are.
 */
export function finalisedHash(hash: KeyHash): KeyHash {
  const random = new SplitMix64();
  return {
    name: hash.name,
    bits: 64,
    hash(bytes, start, end, out) {
      hash.hash(bytes, start, end, out);
      random.seed(out.hi, out.lo);
      random.next();
      out.hi = random.hi >>> 0;
      out.lo = random.lo >>> 0;
    },
  };
}
