// Jump consistent hash: Lamping & Veach 2014, https://arxiv.org/abs/1406.2294
import { lcgFactorHi as factorHi, lcgFactorLo as factorLo } from '../../base/hash/lcg64.ts';
import { multiplyHigh32 } from '../../base/hash/word64.ts';

/**
 * The bucket in [from, buckets) of the 64-bit key (hi, lo); at most 2^31 buckets. From 0 it is the
 * paper's function; from b it is where a key goes that was in bucket b of b + 1.
 */
export function jumpBucket(keyHi: number, keyLo: number, buckets: number, from = 0): number {
  let hi = keyHi | 0;
  let lo = keyLo | 0;
  let bucket = from;
  let next = from;
  while (next < buckets) {
    bucket = next;
    // lcgHigh and lcgLow written out: 8 % faster at 16 buckets.
    hi = (multiplyHigh32(lo, factorLo) + Math.imul(hi, factorLo) + Math.imul(lo, factorHi)) | 0;
    lo = (Math.imul(lo, factorLo) + 1) | 0;
    if (lo === 0) hi = (hi + 1) | 0;
    next = Math.floor((bucket + 1) * (0x8000_0000 / ((hi >>> 1) + 1)));
  }
  return bucket;
}
