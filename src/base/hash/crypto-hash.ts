import { hash as digest } from 'node:crypto';
import type { KeyHash } from './key-hash.ts';

/** A key hash from the first 8 bytes of a digest, big-endian. */
export function cryptoHash(name: 'md5' | 'sha256'): KeyHash {
  return {
    name,
    bits: 64,
    hash(bytes, start, end, out) {
      const bytesOf = digest(name, bytes.subarray(start, end), 'buffer');
      out.hi = bytesOf.readUInt32BE(0);
      out.lo = bytesOf.readUInt32BE(4);
    },
  };
}
