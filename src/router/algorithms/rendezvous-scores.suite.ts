import { slowSha64, slowSplitMix64 } from '../../base/hash/slow-hashes.suite.ts';

/** The scores of rendezvous routers again, slowly and obviously, on BigInt. */

const narrow = (value: bigint): bigint => BigInt.asUintN(32, value);

function fmix32(word: bigint): bigint {
  let hash = narrow((word ^ (word >> 16n)) * 0x85ebca6bn);
  hash = narrow((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
  return hash ^ (hash >> 16n);
}

/** Score of the key on each shard, with sha256 as the key's hash. */
export function slowScores(key: Uint8Array, shardCount: number, salt: string): number[] {
  const hash = slowSha64(salt, key);
  return Array.from({ length: shardCount }, (_, shard) => {
    const word = slowSplitMix64(0n, shard + 1);
    const low = fmix32(narrow(hash) ^ narrow(word));
    return Number(fmix32(low ^ (hash >> 32n) ^ (word >> 32n)));
  });
}
