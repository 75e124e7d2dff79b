import { createHash } from 'node:crypto';

/** Hashes again, slowly and obviously, on BigInt: for tests of what is built on them. */

const wide = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The first 8 bytes of SHA-256 over all parts, as the key hash `sha256` takes them. */
export function slowSha64(...parts: readonly (string | Uint8Array)[]): bigint {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest().readBigUInt64BE();
}

/** Number `index` from 1 of SplitMix64 with that seed. */
export function slowSplitMix64(seed: bigint, index: number): bigint {
  const state = wide(seed + BigInt(index) * 0x9e3779b97f4a7c15n);
  let mixed = wide((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
  mixed = wide((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
  return mixed ^ (mixed >> 31n);
}
