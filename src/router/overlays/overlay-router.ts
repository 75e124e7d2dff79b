// A table over a router, as a lookup vindex over a hash in Vitess, or Citus' isolated tenants.
import type { PackedKeys } from '../../base/keys.ts';
import type { Router } from '../contract.ts';
import { KeyIndex } from '../algorithms/key-index.ts';
import { keyOrder } from '../key-order.ts';
import type { Recipe } from '../recipe.ts';
import type { OverlayEntry } from './overlay-entry.ts';

/** Keys of the table go where it says, all others where the router below sends them. */
export class OverlayRouter implements Router {
  readonly shardCount: number;
  readonly inner: Router;
  readonly warnings: readonly string[];
  readonly routeRange?: NonNullable<Router['routeRange']>;
  readonly recipe?: () => Recipe;
  readonly #entries: readonly OverlayEntry[];
  readonly #index: KeyIndex;
  readonly #shards: Uint32Array;

  constructor(inner: Router, keys: PackedKeys, entries: readonly OverlayEntry[]) {
    this.shardCount = inner.shardCount;
    this.inner = inner;
    this.warnings = inner.warnings ?? [];
    this.#entries = entries;
    this.#index = new KeyIndex(packed(keys, entries));
    this.#shards = Uint32Array.from(entries, ({ shard }) => shard);
    const below = inner.recipe?.bind(inner);
    if (below) this.recipe = () => ({ kind: 'overlay', entries, below: below() });
    if (inner.routeRange !== undefined) {
      const order = keyOrder(keys.type);
      this.routeRange = (from, to, visit) => {
        const holds = new Uint8Array(this.shardCount);
        const mark = (shard: number): void => {
          holds[shard] = 1;
        };
        inner.routeRange?.(from, to, mark);
        for (const { bytes, keyBytes, shard } of this.#entries) {
          const before = order(bytes, 0, keyBytes, from, 0, from.length) < 0;
          if (!before && order(bytes, 0, keyBytes, to, 0, to.length) <= 0) mark(shard);
        }
        for (let shard = 0; shard < holds.length; shard += 1) if (holds[shard] === 1) visit(shard);
      };
    }
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    const entry = this.#index.find(bytes, start, end);
    return entry < 0 ? this.inner.route(bytes, start, end) : (this.#shards[entry] ?? 0);
  }

  /** The shard that the table gives to a key or piece; -1 where it has none. */
  find(bytes: Uint8Array): number {
    const entry = this.#index.find(bytes, 0, bytes.length);
    return entry < 0 ? -1 : (this.#shards[entry] ?? 0);
  }
}

function packed({ type }: PackedKeys, entries: readonly OverlayEntry[]): PackedKeys {
  const offsets = new Uint32Array(entries.length + 1);
  for (const [i, { bytes }] of entries.entries()) offsets[i + 1] = (offsets[i] ?? 0) + bytes.length;
  const bytes = new Uint8Array(offsets[entries.length] ?? 0);
  for (const [i, entry] of entries.entries()) bytes.set(entry.bytes, offsets[i] ?? 0);
  return { type, count: entries.length, bytes, offsets };
}
