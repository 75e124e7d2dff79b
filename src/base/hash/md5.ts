// MD5, RFC 1321: the first 8 bytes of the digest, big-endian. For spreading keys, not for secrets.
import { readUint32 } from './bytes.ts';
import type { KeyHash } from './key-hash.ts';

// Written out because node:crypto takes a microsecond for a short key, six times as long as this.

/** floor(2^32 x |sin(i + 1)|): RFC 1321, section 3.4. */
const sines = Int32Array.from({ length: 64 }, (_, i) => Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))));

const block = new Int32Array(16);
const state = new Int32Array(4);

/** One step: a + f + word + sine, rotated, + b. */
function step(sum: number, bits: number, b: number): number {
  return (((sum << bits) | (sum >>> (32 - bits))) + b) | 0;
}
