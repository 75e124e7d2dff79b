import type { RoutedKeyType } from '../../base/keys.ts';
import type { Router, RouterTopology } from '../contract.ts';
import type { Recipe } from '../recipe.ts';
import { keyOrder, type KeyOrder } from '../key-order.ts';
import type { Segment, SortedKeys } from './range-segments.ts';

/** Neighbouring runs of keys, each on a shard: binary search over their lower bounds. */
export class SegmentRouter implements Router {
  readonly shardCount: number;
  readonly warnings: readonly string[];
  /** In order of the keys. */
  readonly segments: readonly Segment[];
  readonly #order: KeyOrder;
  /** Lower bounds of segments 1, 2, ...: bound i is bytes[offsets[i] .. offsets[i + 1]). */
  readonly #bytes: Uint8Array;
  readonly #offsets: Uint32Array;
  readonly #owners: Uint32Array;
  /** Scratch of routeRange, all zero between calls. */
  readonly #touched: Uint8Array;

  /** `name`: the router's, for the warning about shards without keys. */
  constructor(
    name: string,
    topology: RouterTopology,
    segments: readonly Segment[],
    type: RoutedKeyType,
  ) {
    const { shardCount } = topology;
    const bounds = segments.slice(1).map((segment) => segment.low ?? new Uint8Array());
    this.shardCount = shardCount;
    this.segments = segments;
    this.#order = keyOrder(type);
    this.#offsets = new Uint32Array(bounds.length + 1);
    for (const [i, bound] of bounds.entries()) {
      this.#offsets[i + 1] = (this.#offsets[i] ?? 0) + bound.length;
    }
    this.#bytes = new Uint8Array(this.#offsets[bounds.length] ?? 0);
    for (const [i, bound] of bounds.entries()) this.#bytes.set(bound, this.#offsets[i] ?? 0);
    this.#owners = Uint32Array.from(segments, (segment) => segment.shard);
    this.#touched = new Uint8Array(shardCount);
    this.warnings = describeEmpty(name, this.#owners, topology.weights);
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    return this.#owners[this.positionOf(bytes, start, end)] ?? 0;
  }

  routeRange(from: Uint8Array, to: Uint8Array, visit: (shard: number) => void): void {
    if (this.#order(from, 0, from.length, to, 0, to.length) > 0) return;
    const last = this.positionOf(to, 0, to.length);
    for (let i = this.positionOf(from, 0, from.length); i <= last; i += 1) {
      this.#touched[this.#owners[i] ?? 0] = 1;
    }
    for (let shard = 0; shard < this.shardCount; shard += 1) {
      if (this.#touched[shard] === 0) continue;
      this.#touched[shard] = 0;
      visit(shard);
    }
  }

  recipe(): Recipe {
    return { kind: 'bounds', runs: this.segments.map(({ low, shard }) => ({ low, shard })) };
  }

  /** The segment that holds the key: the number of bounds at or below it. */
  positionOf(bytes: Uint8Array, start: number, end: number): number {
    let low = 0;
    let high = this.#owners.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const boundStart = this.#offsets[middle] ?? 0;
      const boundEnd = this.#offsets[middle + 1] ?? 0;
      if (this.#order(this.#bytes, boundStart, boundEnd, bytes, start, end) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The same segments over the keys known now, which may be others than when they were cut. */
  segmentsOver(keys: SortedKeys): Segment[] {
    let from = 0;
    return this.segments.map((segment, position) => {
      let to = from;
      const isInside = (index: number): boolean => {
        const key = keys.keyAt(index);
        return this.positionOf(key, 0, key.length) === position;
      };
      while (to < keys.count && isInside(to)) to += 1;
      const moved = { ...segment, from, to };
      from = to;
      return moved;
    });
  }
}

function describeEmpty(name: string, owners: Uint32Array, weights: readonly number[]): string[] {
  const used = new Set(owners);
  const empty = [...weights.keys()].filter((shard) => !used.has(shard) && weights[shard] !== 0);
  if (empty.length === 0) return [];
  return [
    `${name} leaves shards without keys (${empty.join(', ')}): too few distinct keys to split`,
  ];
}
