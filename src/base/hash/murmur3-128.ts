// MurmurHash3_x64_128, Austin Appleby, SMHasher, public domain; seed 0, first 64-bit word.
import { kernelHash } from './hash-kernel.ts';
import type { KeyHash } from './key-hash.ts';

export const murmur3x128: KeyHash = kernelHash('murmur3-128', 64, 'murmur3x128');
