import { fnv1a64 } from '../../base/hash/fnv1a-64.ts';
import type { Draw } from '../draw.ts';

/**
 * The hashes inside the authors' engines that the published vectors were made with, slow and plain:
 * FNV-1a-64 over big-endian words (SUPSI-DTI-ISIN/java-consistent-hashing-algorithms, commit
 * 68803f8, whose hash(long, int...) this is), CRC-32C (anchorhash/cpp-anchorhash, commit 3ef98f0)
 * and java.util.Random (its documentation gives the generator).
 */
const mask64 = (1n << 64n) - 1n;

export const joined = (hi: number, lo: number): bigint =>
  (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);

/** FNV-1a-64 of the bytes, as the authors' default hash of strings. */
export function fnvOfBytes(bytes: Uint8Array): { readonly hi: number; readonly lo: number } {
  const out = { hi: 0, lo: 0 };
  fnv1a64.hash(bytes, 0, bytes.length, out);
  return out;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** FNV-1a-64 of 32-bit words, each as four bytes with the highest first. */
export function fnvOfWords(...words: readonly number[]): bigint {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(4 * index, word);
  const { hi, lo } = fnvOfBytes(bytes);
  return joined(hi, lo);
}

/** hash(String, int): the text and then the seed, unless it is 0. */
export function fnvSeeded(text: string, seed: number): bigint {
  const word = seed === 0 ? [] : [seed >>> 24, seed >>> 16, seed >>> 8, seed];
  const { hi, lo } = fnvOfBytes(Uint8Array.from([...utf8(text), ...word]));
  return joined(hi, lo);
}

/** CRC-32C over the 8 bytes of a word, the lowest first, from a given state; no final inversion. */
export function crc32cStep(word: bigint, seed: bigint): number {
  let crc = Number(seed & 0xffff_ffffn);
  for (let byte = 0n; byte < 8n; byte += 1n) {
    crc ^= Number((word >> (8n * byte)) & 0xffn);
    for (let bit = 0; bit < 8; bit += 1)
      crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return crc >>> 0;
}

/** ComputeBucket of two 64-bit keys: each step hashes both, moved by the last hash. */
export function anchorDraw(key1: bigint, key2: bigint): Draw {
  let last = 0n;
  return (_hi, _lo, step, below) => {
    const hash =
      step === 0
        ? crc32cStep(key1, key2)
        : crc32cStep((key1 - last) & mask64, (key2 + last) & mask64);
    last = BigInt(hash);
    return hash % below;
  };
}

/** new Random(hash).nextInt(below), again for every step. */
export function javaRandomDraw(): Draw {
  const mask48 = (1n << 48n) - 1n;
  let state = 0n;
  const next31 = (): number => {
    state = (state * 0x5deece66dn + 0xbn) & mask48;
    return Number(state >> 17n);
  };
  return (hi, lo, step, below) => {
    if (step === 0) state = (joined(hi, lo) ^ 0x5deece66dn) & mask48;
    if ((below & (below - 1)) === 0) return Number((BigInt(below) * BigInt(next31())) >> 31n);
    for (;;) {
      const bits = next31();
      const value = bits % below;
      if (bits - value + (below - 1) < 2 ** 31) return value;
    }
  };
}
