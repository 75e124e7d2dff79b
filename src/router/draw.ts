import { murmur3OfWords } from '../base/hash/murmur3-32.ts';

/**
 * Number `step` of the pseudo-random sequence of a key's 64-bit hash (hi, lo): a whole number in
 * [0, below). The hash inside AnchorHash, DxHash, MementoHash, FlipHash and PowerCH, whose papers
 * leave it open; `step` is a whole number from 0, `below` at most 2^21.
 */
export type Draw = (hi: number, lo: number, step: number, below: number) => number;

/**
 * Murmur3-32 of (lo, hi, step), scaled by its upper bits: all in 32-bit integers, where FNV-1a-64
 * over bytes (which the published vectors were made with) takes 12 to 16 products of 64 bits.
 * Scaling gives each number a share that is off by less than below / 2^32 of it.
 */
export const murmurDraw: Draw = (hi, lo, step, below) =>
  // A product below 2^53, so the double is exact and | 0 cuts it off.
  ((murmur3OfWords(lo, hi, step) >>> 0) * below * 2 ** -32) | 0;
