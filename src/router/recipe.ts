// What a built router does with a key, as data: enough to write the same router elsewhere.
import type { KeyHashName } from '../base/hash/key-hash.ts';
import type { PackedKeys } from '../base/keys.ts';
import type { Placing } from './kernels/placing.ts';
import type { OverlayEntry } from './overlays/overlay-entry.ts';

export type Recipe = HashRecipe | ListRecipe | OtherRecipe;

/** A shard comes from the hash of a key by a rule that does not look at the key itself. */
export interface HashRecipe {
  readonly kind: 'hash';
  readonly hash: KeyHashName;
  /** Hashed in front of the key's bytes; '' where only the table of the rule knows the salt. */
  readonly salt: string;
  readonly shardCount: number;
  readonly placing: Placing | ScoresPlacing;
}

/** The shard with the highest score: murmurMix32(murmurMix32(lo ^ second) ^ hi ^ first). */
export interface ScoresPlacing {
  readonly kind: 'scores';
  /** Shards that take keys, ascending, with the two words of each. */
  readonly bids: readonly {
    readonly shard: number;
    readonly first: number;
    readonly second: number;
  }[];
}

/** A table of keys. */
export interface ListRecipe {
  readonly kind: 'list';
  readonly keys: PackedKeys;
  /** Shard of each. */
  readonly shards: ArrayLike<number>;
  /** Shard of all keys that are not in the table; null: they have none. */
  readonly otherwise: number | null;
}

export type OtherRecipe =
  /** Runs of neighbouring keys: the last one whose lower bound is not above the key; null: none. */
  | {
      readonly kind: 'bounds';
      readonly runs: readonly { readonly low: Uint8Array | null; readonly shard: number }[];
    }
  /** Remainder of PostgreSQL's partition hash. */
  | { readonly kind: 'partition-hash'; readonly shardCount: number }
  /** Equal ranges of PostgreSQL's 32-bit hash, as citus.ts cuts them: the node of each. */
  | { readonly kind: 'hash32-ranges'; readonly table: Uint32Array }
  /** Equal ranges of keyspace ids, which a vindex of Vitess makes of keys. */
  | { readonly kind: 'keyspace-ranges'; readonly vindex: 'hash' | 'xxhash' }
  /** A table of keys and of pieces of keys over another recipe. */
  | {
      readonly kind: 'overlay';
      readonly entries: readonly OverlayEntry[];
      readonly below: Recipe;
    }
  /** Another recipe on some of the shards: its shard i is number shards[i]. */
  | { readonly kind: 'some'; readonly shards: readonly number[]; readonly below: Recipe };
