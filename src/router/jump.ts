// Jump consistent hash: Lamping & Veach 2014, https://arxiv.org/abs/1406.2294
import { present } from '../base/assert.ts';
import type { Hash64 } from '../base/hash/key-hash.ts';
import { multiplyHigh32 } from '../base/hash/word64.ts';
import type { RouterDefinition } from './contract.ts';
import { saltedHash } from './salted-hash.ts';
import { ignoredWeights } from './weights.ts';

// The paper's generator: key = key x 2862933555777941757 + 1 modulo 2^64.
const factorHi = 0x27bb2ee6;
const factorLo = 0x87b0b0fd | 0;

/** The bucket in [0, buckets) of the 64-bit key (hi, lo); at most 2^31 buckets. */
export function jumpBucket(keyHi: number, keyLo: number, buckets: number): number {
  let hi = keyHi | 0;
  let lo = keyLo | 0;
  let bucket = 0;
  let next = 0;
  while (next < buckets) {
    bucket = next;
    hi = (multiplyHigh32(lo, factorLo) + Math.imul(hi, factorLo) + Math.imul(lo, factorHi)) | 0;
    lo = (Math.imul(lo, factorLo) + 1) | 0;
    if (lo === 0) hi = (hi + 1) | 0;
    next = Math.floor((bucket + 1) * (0x8000_0000 / ((hi >>> 1) + 1)));
  }
  return bucket;
}

/** Growing from N to M moves (M - N) / M of the keys, the least there is; only the last goes. */
export const jump: RouterDefinition = {
  name: 'jump',
  summary:
    'jump consistent hash: even, no memory, growing moves the least; only the last shard goes',
  traits: {
    monotone: true,
    weighted: false,
    ordered: false,
    removesAny: false,
    hashes: true,
    hashesLabels: false,
    lookup: 'O(log n)',
    memory: 'O(1)',
    placesKnownKeys: false,
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid'],
  build(topology, options) {
    const { shardCount } = topology;
    const hash = saltedHash(present(options.hash, 'hash for jump'), options.salt);
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount,
      route(bytes, start, end) {
        hash.hash(bytes, start, end, out);
        return jumpBucket(out.hi, out.lo, shardCount);
      },
      warnings: ignoredWeights('jump', topology),
    };
  },
};
