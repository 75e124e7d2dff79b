// The generator of jump consistent hash, Lamping & Veach 2014, https://arxiv.org/abs/1406.2294
import { multiplyHigh } from './word64.ts';

/** 2862933555777941757 as two words: x -> factor x + 1 modulo 2^64. */
export const lcgFactorHi = 0x27bb2ee6;
export const lcgFactorLo = 0x87b0b0fd | 0;

/** Low word of the step from x. */
export function lcgLow(lo: number): number {
  return (Math.imul(lo, lcgFactorLo) + 1) | 0;
}

/** High word of the step from x, given the low word of the step. */
export function lcgHigh(hi: number, lo: number, nextLo: number): number {
  return (multiplyHigh(hi, lo, lcgFactorHi, lcgFactorLo) + (nextLo === 0 ? 1 : 0)) | 0;
}
