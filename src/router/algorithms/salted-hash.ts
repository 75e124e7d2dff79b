import type { KeyHash } from '../../base/hash/key-hash.ts';

/**
 * The hash of the salt's bytes followed by the key's: another salt is another placement of the same
 * keys. Without a salt it is the hash itself, at no extra cost.
 */
export function saltedHash(hash: KeyHash, salt: string): KeyHash {
  if (salt === '') return hash;
  const prefix = new TextEncoder().encode(salt);
  let buffer = new Uint8Array(prefix.length + 256);
  buffer.set(prefix);
  return {
    name: hash.name,
    bits: hash.bits,
    hash(bytes, start, end, out) {
      const length = prefix.length + end - start;
      if (length > buffer.length) {
        // Once for a key longer than any before.
        buffer = new Uint8Array(2 * length);
        buffer.set(prefix);
      }
      for (let i = start, to = prefix.length; i < end; i += 1, to += 1) buffer[to] = bytes[i] ?? 0;
      hash.hash(buffer, 0, length, out);
    },
  };
}
