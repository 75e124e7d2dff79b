// XXH64, Yann Collet, https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md; seed 0.
import { kernelHash } from './hash-kernel.ts';
import type { KeyHash } from './key-hash.ts';

export const xxh64: KeyHash = kernelHash('xxh64', 64, 'xxh64');
