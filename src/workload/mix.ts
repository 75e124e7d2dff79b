// Appleby, MurmurHash3's 32-bit finaliser (public domain), chained over words.

const hashEnd = 2 ** 32;

/** A bijection of 32-bit words in which every input bit reaches every output bit. */
export function finalise(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A pseudo-random word in [0, 2^32) from a salt and two numbers in [0, 2^32): what a stream is for
 * a sequence, this is for values that must follow from a row alone, in any order.
 */
export function mix(salt: number, first: number, second: number): number {
  // The constants keep (0, 1) and (1, 0) apart: 2^32 / golden ratio, and xxHash32's second prime.
  const h = finalise(salt ^ Math.imul(first, 0x9e3779b1));
  return finalise(h ^ (Math.imul(second, 0x85ebca77) + 0x165667b1));
}

/** A salt from a seed (any safe integer) and a label, so that labels draw independently. */
export function saltOf(seed: number, label: string): number {
  let h = finalise(seed >>> 0) ^ finalise(Math.floor(seed / hashEnd) + 0x27d4eb2f);
  for (let i = 0; i < label.length; i += 1) h = Math.imul(h ^ label.charCodeAt(i), 0x01000193);
  return finalise(h);
}

/** A uniform integer in [0, bound) from a word; bound up to 2^21 is unbiased within 2^-11. */
export function below(word: number, bound: number): number {
  return Math.floor((word * bound) / hashEnd);
}

/** A uniform number in [0, 1) with 53 bits, from two words. */
export function toUniform(high: number, low: number): number {
  return (high * 0x200000 + (low >>> 11)) / 2 ** 53;
}
