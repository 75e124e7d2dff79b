import { assert } from '../assert.ts';
import { readUint32 } from './bytes.ts';
import type { KeyHash } from './key-hash.ts';

/** Integers as they are, unsigned: what `tenant_id % N` does. Keys of 8 bytes only. */
export const identity: KeyHash = {
  name: 'identity',
  bits: 64,
  hash(bytes, start, end, out) {
    assert(end - start === 8, 'identity hashes 8-byte integers only');
    out.hi = readUint32(bytes, start + 4) >>> 0;
    out.lo = readUint32(bytes, start) >>> 0;
  },
};
