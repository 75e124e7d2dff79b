// SplitMix64: Steele, Lea, Flood 2014, https://doi.org/10.1145/2660193.2660195
import { multiplyHigh } from './word64.ts';

/** 64-bit numbers that follow from a 64-bit seed; each is read from `hi` and `lo` after `next`. */
export interface Random64 {
  /** Words of the latest number, 32-bit integers of either sign. */
  readonly hi: number;
  readonly lo: number;
  seed(hi: number, lo: number): void;
  next(): void;
}

const gammaHi = 0x9e3779b9 | 0;
const gammaLo = 0x7f4a7c15;
const firstHi = 0xbf58476d | 0;
const firstLo = 0x1ce4e5b9;
const secondHi = 0x94d049bb | 0;
const secondLo = 0x133111eb;

/**
 * The reference's generator (Vigna's splitmix64.c and Java's SplittableRandom with its default
 * gamma): neighbouring seeds give unrelated numbers, so a weak hash as seed does no harm.
 */
export class SplitMix64 implements Random64 {
  hi = 0;
  lo = 0;
  #stateHi = 0;
  #stateLo = 0;

  seed(hi: number, lo: number): void {
    this.#stateHi = hi | 0;
    this.#stateLo = lo | 0;
  }

  next(): void {
    const stateLo = (this.#stateLo + gammaLo) | 0;
    const carry = stateLo >>> 0 < gammaLo ? 1 : 0;
    const stateHi = (this.#stateHi + gammaHi + carry) | 0;
    this.#stateHi = stateHi;
    this.#stateLo = stateLo;
    let hi = stateHi ^ (stateHi >>> 30);
    let lo = stateLo ^ ((stateLo >>> 30) | (stateHi << 2));
    let nextHi = multiplyHigh(hi, lo, firstHi, firstLo);
    let nextLo = Math.imul(lo, firstLo);
    hi = nextHi ^ (nextHi >>> 27);
    lo = nextLo ^ ((nextLo >>> 27) | (nextHi << 5));
    nextHi = multiplyHigh(hi, lo, secondHi, secondLo);
    nextLo = Math.imul(lo, secondLo);
    this.hi = nextHi ^ (nextHi >>> 31);
    this.lo = nextLo ^ ((nextLo >>> 31) | (nextHi << 1));
  }
}
