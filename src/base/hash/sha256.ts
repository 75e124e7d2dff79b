// SHA-256, FIPS 180-4: the first 8 bytes of the digest, big-endian.
import { hash as digest } from 'node:crypto';
import type { KeyHash } from './key-hash.ts';

export const sha256: KeyHash = {
  name: 'sha256',
  bits: 64,
  hash(bytes, start, end, out) {
    const first = digest('sha256', bytes.subarray(start, end), 'buffer');
    out.hi = first.readUInt32BE(0);
    out.lo = first.readUInt32BE(4);
  },
};
