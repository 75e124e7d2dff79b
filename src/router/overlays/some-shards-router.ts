import type { Router } from '../contract.ts';
import type { Recipe } from '../recipe.ts';

/** A router over some of the shards: what it calls shard i is `open[i]`, ascending. */
export class SomeShardsRouter implements Router {
  readonly shardCount: number;
  readonly inner: Router;
  readonly open: readonly number[];
  readonly warnings: readonly string[];
  readonly routeRange?: NonNullable<Router['routeRange']>;
  readonly recipe?: () => Recipe;
  readonly #shards: Uint32Array;

  constructor(inner: Router, open: readonly number[], shardCount: number) {
    this.shardCount = shardCount;
    this.inner = inner;
    this.open = open;
    this.warnings = inner.warnings ?? [];
    this.#shards = Uint32Array.from(open);
    const below = inner.recipe?.bind(inner);
    if (below) this.recipe = () => ({ kind: 'some', shards: open, below: below() });
    if (inner.routeRange !== undefined) {
      this.routeRange = (from, to, visit) =>
        inner.routeRange?.(from, to, (shard) => visit(this.#shards[shard] ?? 0));
    }
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    return this.#shards[this.inner.route(bytes, start, end)] ?? 0;
  }

  /**
   * What a router over `open` can grow from: the one in here, where its shards are the first of
   * them.
   */
  growsTo(open: readonly number[]): Router | undefined {
    const shared = Math.min(open.length, this.open.length);
    const isSame = this.open.slice(0, shared).every((shard, i) => shard === open[i]);
    return isSame ? this.inner : undefined;
  }
}
