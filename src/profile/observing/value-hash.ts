import { murmurMix32 } from '../../base/hash/murmur3-32.ts';

/** 64 bits of hash of a text in two signed words, of which sketches take what they need. */
export interface ValueHash {
  high: number;
  low: number;
}

/**
 * Two runs of FNV-1a over UTF-16 units with constants of their own, each mixed by Murmur's
 * finaliser: sketches need bits that do not depend on each other, not a hash that others know.
 */
export function hashValue(value: string, out: ValueHash): void {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9 ^ value.length;
  for (let i = 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul((b << 13) | (b >>> 19), 5) + Math.imul(code + 0x7f4a7c15, 0x85ebca77);
  }
  out.high = murmurMix32(a ^ (b >>> 7));
  out.low = murmurMix32(b ^ murmurMix32(a + 0x165667b1));
}
