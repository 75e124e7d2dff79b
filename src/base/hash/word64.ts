/**
 * Arithmetic on 64-bit integers held as two 32-bit words: BigInt allocates on every operation.
 * The low word of a product is Math.imul(aLo, bLo), of a sum (aLo + bLo) | 0; the functions below
 * give the high words. All take and give 32-bit integers of either sign; only the bits count.
 */

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit words, by 16-bit partial products. */
export function multiplyHigh32(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const lowHigh = Math.imul(aLow, bHigh);
  const highLow = Math.imul(aHigh, bLow);
  const middle = (Math.imul(aLow, bLow) >>> 16) + (lowHigh & 0xffff) + (highLow & 0xffff);
  return (Math.imul(aHigh, bHigh) + (lowHigh >>> 16) + (highLow >>> 16) + (middle >>> 16)) | 0;
}

/** High word of the product a x b modulo 2^64. */
export function multiplyHigh(aHi: number, aLo: number, bHi: number, bLo: number): number {
  return (multiplyHigh32(aLo, bLo) + Math.imul(aHi, bLo) + Math.imul(aLo, bHi)) | 0;
}

/** High word of the sum a + b modulo 2^64, given the low word of the sum. */
export function addHigh(aHi: number, bHi: number, bLo: number, sumLo: number): number {
  return (aHi + bHi + (sumLo >>> 0 < bLo >>> 0 ? 1 : 0)) | 0;
}

/** The unsigned remainder of (hi, lo) divided by a whole number from 1 to 2^21. */
export function remainder64(hi: number, lo: number, divisor: number): number {
  if (divisor > 0x10000) {
    // The product stays below 2^53, so doubles are exact; their remainder is slower than integers'.
    return (((hi >>> 0) % divisor) * 0x1_0000_0000 + (lo >>> 0)) % divisor;
  }
  const first = (hi >>> 0) % divisor;
  const second = ((first << 16) | (lo >>> 16)) >>> 0;
  return ((((second % divisor) << 16) | (lo & 0xffff)) >>> 0) % divisor;
}

/**
 * remainder64 of many, to `out`: two multiplications by the inverse instead of three divisions.
 * What is divided stays below divisor x 2^32, so doubles hold it, and a quotient below 2^32 is off
 * by 1 at the most.
 */
export function remainders64(
  hi: Uint32Array,
  lo: Uint32Array,
  count: number,
  divisor: number,
  out: Uint32Array,
): void {
  const inverse = 1 / divisor;
  for (let i = 0; i < count; i += 1) {
    const first = hi[i] ?? 0;
    let rest = first - Math.floor(first * inverse) * divisor;
    if (rest < 0) rest += divisor;
    else if (rest >= divisor) rest -= divisor;
    const second = rest * 0x1_0000_0000 + (lo[i] ?? 0);
    rest = second - Math.floor(second * inverse) * divisor;
    if (rest < 0) rest += divisor;
    else if (rest >= divisor) rest -= divisor;
    out[i] = rest;
  }
}
