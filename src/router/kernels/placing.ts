import type { RingPoints } from '../algorithms/ring-points.ts';

/** How a router comes from a hash to a shard, for the kernels that do it in WebAssembly. */
export type Placing =
  /** The remainder of the hash by the number of shards. */
  | { readonly kind: 'remainder' }
  /** Jump consistent hash, from the hash as it is. */
  | { readonly kind: 'jump-bucket' }
  /** The owner of the first point at or after the hash, else of the first of all. */
  | { readonly kind: 'points'; readonly points: RingPoints }
  /** The entry of a table at the remainder of the hash by its length. */
  | { readonly kind: 'table'; readonly table: Uint32Array };
