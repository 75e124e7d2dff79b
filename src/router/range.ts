// Range partitioning: Bigtable (Chang et al. 2006) and every database with PARTITION BY RANGE.
import { assert } from '../base/assert.ts';
import type { RoutedKeyType } from '../base/keys.ts';
import type { KnownKeys, Router, RouterDefinition, RouterTopology } from './contract.ts';
import { keyOrder, type KeyOrder } from './key-order.ts';
import {
  mergeRemoved,
  quantileSegments,
  type Segment,
  type SortedKeys,
  splitHeaviest,
} from './range-segments.ts';

function sortKeys(keys: KnownKeys, type: RoutedKeyType): SortedKeys {
  const order = keyOrder(type);
  const { bytes, offsets, count } = keys;
  const startOf = (key: number): number => offsets[key] ?? 0;
  const sorted = new Uint32Array(count).map((_, index) => index);
  sorted.sort((a, b) =>
    order(bytes, startOf(a), startOf(a + 1), bytes, startOf(b), startOf(b + 1)),
  );
  const rowsBefore = new Float64Array(count + 1);
  for (const [position, key] of sorted.entries()) {
    rowsBefore[position + 1] = (rowsBefore[position] ?? 0) + (keys.rows[key] ?? 0);
  }
  return {
    count,
    rowsBefore,
    keyAt(position) {
      const key = sorted[position] ?? 0;
      return bytes.slice(startOf(key), startOf(key + 1));
    },
  };
}

class RangeRouter implements Router {
  readonly shardCount: number;
  readonly warnings: readonly string[];
  /** In order of the keys. */
  readonly segments: readonly Segment[];
  readonly #order: KeyOrder;
  /** Lower bounds of segments 1, 2, ...: bound i is bytes[offsets[i] .. offsets[i + 1]). */
  readonly #bytes: Uint8Array;
  readonly #offsets: Uint32Array;
  readonly #owners: Uint32Array;
  /** Position of each shard's segment; -1: it has none. */
  readonly #positions: Int32Array;

  constructor(topology: RouterTopology, segments: readonly Segment[], type: RoutedKeyType) {
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
    this.#positions = new Int32Array(shardCount).fill(-1);
    for (const [i, segment] of segments.entries()) this.#positions[segment.shard] = i;
    this.warnings = this.#describeEmpty(topology.weights);
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    return this.#owners[this.#positionOf(bytes, start, end)] ?? 0;
  }

  routeRange(from: Uint8Array, to: Uint8Array, visit: (shard: number) => void): void {
    if (this.#order(from, 0, from.length, to, 0, to.length) > 0) return;
    const first = this.#positionOf(from, 0, from.length);
    const last = this.#positionOf(to, 0, to.length);
    for (let shard = 0; shard < this.shardCount; shard += 1) {
      const position = this.#positions[shard] ?? -1;
      if (position >= first && position <= last) visit(shard);
    }
  }

  /** The number of bounds at or below the key. */
  #positionOf(bytes: Uint8Array, start: number, end: number): number {
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

  #describeEmpty(weights: readonly number[]): string[] {
    const empty = [...this.#positions.keys()].filter(
      (shard) => this.#positions[shard] === -1 && weights[shard] !== 0,
    );
    if (empty.length === 0) return [];
    return [
      `range leaves shards without keys (${empty.join(', ')}): too few distinct keys to split`,
    ];
  }
}

/** The segments of `previous` over the keys known now, which may be others than then. */
function segmentsOf(previous: RangeRouter, keys: SortedKeys): Segment[] {
  let from = 0;
  return previous.segments.map((segment) => {
    let to = from;
    const isOurs = (position: number): boolean => {
      const key = keys.keyAt(position);
      return previous.route(key, 0, key.length) === segment.shard;
    };
    while (to < keys.count && isOurs(to)) to += 1;
    const moved = { ...segment, from, to };
    from = to;
    return moved;
  });
}

function resize(previous: RangeRouter, topology: RouterTopology, keys: SortedKeys): Segment[] {
  const { shardCount, weights } = topology;
  const isGone = (shard: number): boolean => shard >= shardCount || weights[shard] === 0;
  const segments = mergeRemoved(segmentsOf(previous, keys), isGone);
  for (let shard = previous.shardCount; shard < shardCount; shard += 1) {
    if (!isGone(shard)) splitHeaviest(segments, keys, weights, shard);
  }
  return segments;
}

/** Each added shard takes the upper part of one range; the other shards keep all they have. */
export const range: RouterDefinition = {
  name: 'range',
  summary: 'neighbouring keys together, bounds at row-count quantiles; new keys pile up at the end',
  traits: {
    monotone: true,
    weighted: true,
    ordered: true,
    removesAny: true,
    hashes: false,
    hashesLabels: false,
    lookup: 'O(log n)',
    memory: 'O(n)',
    placesKnownKeys: true,
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid'],
  build(topology, options, previous) {
    const keys = sortKeys(options.keys, options.keyType);
    if (previous === undefined) {
      const segments = quantileSegments(keys, topology.weights);
      return new RangeRouter(topology, segments, options.keyType);
    }
    assert(previous instanceof RangeRouter, 'range grows from a range router only');
    const segments = resize(previous, topology, keys);
    return new RangeRouter(topology, segments, options.keyType);
  },
};
