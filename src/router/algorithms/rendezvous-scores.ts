// Highest random weight: Thaler & Ravishankar 1998, https://doi.org/10.1109/90.663936
import type { Hash64, KeyHash } from '../../base/hash/key-hash.ts';
import { murmurMix32 } from '../../base/hash/murmur3-32.ts';
import { SplitMix64 } from '../../base/hash/split-mix64.ts';
import type { ScoresPlacing } from '../recipe.ts';

/** What each shard bids for a key. Any hash of key and shard will do: this is the inner hash. */
export interface ShardScores {
  /** Takes in the key bytes[start .. end) that `of` is asked about next. */
  readKey(bytes: Uint8Array, start: number, end: number): void;
  /** The unsigned 32-bit score of that key on the shard. */
  of(shard: number): number;
}

/** The shard with the highest score; ties to the first. `shards` ascend. */
export function highestScore(scores: ShardScores, shards: Uint32Array): number {
  let best = 0;
  let bestScore = -1;
  for (let i = 0; i < shards.length; i += 1) {
    const shard = shards[i] ?? 0;
    const score = scores.of(shard);
    if (score > bestScore) {
      best = shard;
      bestScore = score;
    }
  }
  return best;
}

/**
 * Two rounds of MurmurHash3's finaliser over the key's hash and two words of the shard: four
 * multiplications a shard, where hashing the key's bytes again for each would take many more.
 */
export class MixedScores implements ShardScores {
  readonly #hash: KeyHash;
  /** Two words of each shard, which are the same whatever the number of shards. */
  readonly #words: Int32Array;
  readonly #key: Hash64 = { hi: 0, lo: 0 };

  constructor(hash: KeyHash, shardCount: number) {
    this.#hash = hash;
    this.#words = new Int32Array(2 * shardCount);
    const random = new SplitMix64();
    for (let shard = 0; shard < shardCount; shard += 1) {
      random.next();
      this.#words[2 * shard] = random.hi;
      this.#words[2 * shard + 1] = random.lo;
    }
  }

  /** What the scores of these shards are made with, as two words each. */
  bidsOf(shards: Uint32Array): ScoresPlacing['bids'] {
    return Array.from(shards, (shard) => ({
      shard,
      first: this.#words[2 * shard] ?? 0,
      second: this.#words[2 * shard + 1] ?? 0,
    }));
  }

  readKey(bytes: Uint8Array, start: number, end: number): void {
    this.#hash.hash(bytes, start, end, this.#key);
  }

  of(shard: number): number {
    const low = murmurMix32(this.#key.lo ^ (this.#words[2 * shard + 1] ?? 0));
    return murmurMix32(low ^ this.#key.hi ^ (this.#words[2 * shard] ?? 0)) >>> 0;
  }
}
