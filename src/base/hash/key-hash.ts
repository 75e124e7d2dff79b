/** The key hashes by name; `xxh64` is the default. */
export const keyHashNames = [
  'xxh64',
  'fnv1a-32',
  'fnv1a-64',
  'murmur3-32',
  'murmur3-128',
  'md5',
  'sha256',
  'identity',
] as const;
export type KeyHashName = (typeof keyHashNames)[number];

/** 64 bits as two unsigned 32-bit words: JavaScript has no fast 64-bit integer. */
export interface Hash64 {
  hi: number;
  lo: number;
}

/** A 64-bit hash of bytes, seed 0. 32-bit hashes are zero-extended. */
export interface KeyHash {
  readonly name: KeyHashName;
  /** Width of the algorithm's own result: with 32 the upper word is always 0. */
  readonly bits: 32 | 64;
  /** Hashes bytes[start .. end) into `out`; allocates nothing (sha256 excepted). */
  hash(bytes: Uint8Array, start: number, end: number, out: Hash64): void;
  /**
   * The same of the int8 keys first .. first + keys - 1, all of them from 0 to 2^32 - 1, for
   * whoever has millions of them: only where it is much faster than `hash`.
   */
  hashIntegers?(first: number, keys: number, hi: Uint32Array, lo: Uint32Array): void;
}
