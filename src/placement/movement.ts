import { assert } from '../base/assert.ts';
import type { PackedKeys } from '../base/keys.ts';
import type { Router, RouterTopology } from '../router/contract.ts';

/** What moves with a key: rows and bytes in their own units, load in any one unit. */
export interface KeyAmounts {
  readonly keys: PackedKeys;
  readonly rows: ArrayLike<number>;
  readonly bytes: ArrayLike<number>;
  readonly load: ArrayLike<number>;
}

/** Something of each of them. */
export interface PerAmount<T> {
  readonly keys: T;
  readonly rows: T;
  readonly bytes: T;
  readonly load: T;
}

/** A router and the topology that it was built for. */
export interface Placed {
  readonly router: Router;
  readonly topology: RouterTopology;
}

/** All that moves from one shard to another. */
export interface Flow {
  readonly from: number;
  readonly to: number;
  readonly keys: number;
  readonly rows: number;
  readonly bytes: number;
  readonly load: number;
}

/** What a change of topology moves; fractions are of all keys, rows, bytes and load. */
export interface Movement {
  /** Shard counts before and after. */
  readonly from: number;
  readonly to: number;
  readonly keysMovedFraction: number;
  readonly rowsMovedFraction: number;
  readonly bytesMovedFraction: number;
  readonly loadMovedFraction: number;
  /** The least that must move for every shard to have its due share before and after. */
  readonly optimalFraction: number;
  /** Every key that moved left a shard whose due share fell for one whose share rose. */
  readonly monotone: boolean;
  /** Keys that moved otherwise: between two old shards when shards are added, say. */
  readonly strayKeys: number;
  /** By source, then destination. */
  readonly flows: readonly Flow[];
}

/** Each shard's share of the capacity; shards that one of the topologies lacks have 0. */
function dueShares({ weights }: RouterTopology, shards: number): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Float64Array(shards).map((_, shard) => (weights[shard] ?? 0) / total);
}

/** Shares are sums of a few rounded terms; two that differ by less are the same. */
const rounding = 1e-12;

/**
 * Sum over the shards of what each one's due share grows by: (M - N) / M when N equal shards become
 * M, the removed shards' share when shards are removed, 0 where no share changes.
 */
export function optimalFraction(before: RouterTopology, after: RouterTopology): number {
  const shards = Math.max(before.shardCount, after.shardCount);
  const old = dueShares(before, shards);
  return dueShares(after, shards).reduce(
    (sum, share, shard) => sum + Math.max(0, share - (old[shard] ?? 0)),
    0,
  );
}

/**
 * The same rule for every change of topology: added, removed and replaced shards, other weights.
 */
function strayOf(before: RouterTopology, after: RouterTopology) {
  const shards = Math.max(before.shardCount, after.shardCount);
  const old = dueShares(before, shards);
  const due = dueShares(after, shards);
  const change = due.map((share, shard) => share - (old[shard] ?? 0));
  return (from: number, to: number): boolean =>
    (change[from] ?? 0) > -rounding || (change[to] ?? 0) < rounding;
}

type Amounts = [keys: number, rows: number, bytes: number, load: number];

/**
 * Counts keys as they are routed before and after, one call a key and in any order, so that key
 * spaces that no memory holds can be counted too. Memory grows with the pairs of shards between
 * which something moves.
 */
export class MovementTally {
  readonly #before: RouterTopology;
  readonly #after: RouterTopology;
  readonly #total: Amounts = [0, 0, 0, 0];
  /** By source x shards after + destination. */
  readonly #moved = new Map<number, Amounts>();

  constructor(before: RouterTopology, after: RouterTopology) {
    this.#before = before;
    this.#after = after;
  }

  add(from: number, to: number, rows: number, bytes: number, load: number): void {
    this.#add(from, to, 1, rows, bytes, load);
  }

  /** So many keys, each of which stands for one row and one unit of bytes and of load. */
  addKeys(from: number, to: number, keys: number): void {
    this.#add(from, to, keys, keys, keys, keys);
  }

  #add(from: number, to: number, keys: number, rows: number, bytes: number, load: number): void {
    increase(this.#total, keys, rows, bytes, load);
    if (from === to) return;
    const pair = from * this.#after.shardCount + to;
    let amounts = this.#moved.get(pair);
    if (amounts === undefined) {
      amounts = [0, 0, 0, 0];
      this.#moved.set(pair, amounts);
    }
    increase(amounts, keys, rows, bytes, load);
  }

  /** What was counted so far. Fractions of nothing are 0. */
  movement(): Movement {
    const shardsAfter = this.#after.shardCount;
    const pairs = [...this.#moved].toSorted(([a], [b]) => a - b);
    const flows = pairs.map(([pair, [keys, rows, bytes, load]]): Flow => {
      const to = pair % shardsAfter;
      return { from: (pair - to) / shardsAfter, to, keys, rows, bytes, load };
    });
    const isStray = strayOf(this.#before, this.#after);
    const strayKeys = flows
      .filter(({ from, to }) => isStray(from, to))
      .reduce((sum, { keys }) => sum + keys, 0);
    const [keys, rows, bytes, load] = this.#total;
    const fraction = (part: 'keys' | 'rows' | 'bytes' | 'load', total: number): number =>
      total > 0 ? flows.reduce((sum, flow) => sum + flow[part], 0) / total : 0;
    return {
      from: this.#before.shardCount,
      to: shardsAfter,
      keysMovedFraction: fraction('keys', keys),
      rowsMovedFraction: fraction('rows', rows),
      bytesMovedFraction: fraction('bytes', bytes),
      loadMovedFraction: fraction('load', load),
      optimalFraction: optimalFraction(this.#before, this.#after),
      monotone: strayKeys === 0,
      strayKeys,
      flows,
    };
  }
}

function increase(amounts: Amounts, keys: number, rows: number, bytes: number, load: number): void {
  amounts[0] += keys;
  amounts[1] += rows;
  amounts[2] += bytes;
  amounts[3] += load;
}

/** The difference of two routers over the same keys, each with what it stands for. */
export function movementBetween(before: Placed, after: Placed, amounts: KeyAmounts): Movement {
  const { count, bytes, offsets } = amounts.keys;
  assert(amounts.rows.length === count, 'rows of each key');
  assert(amounts.bytes.length === count, 'bytes of each key');
  assert(amounts.load.length === count, 'load of each key');
  const tally = new MovementTally(before.topology, after.topology);
  for (let i = 0; i < count; i += 1) {
    const start = offsets[i] ?? 0;
    const end = offsets[i + 1] ?? 0;
    tally.add(
      before.router.route(bytes, start, end),
      after.router.route(bytes, start, end),
      amounts.rows[i] ?? 0,
      amounts.bytes[i] ?? 0,
      amounts.load[i] ?? 0,
    );
  }
  return tally.movement();
}

/** The keys that are on another shard after than before, by number. */
export function movedKeys(before: Router, after: Router, keys: PackedKeys): number[] {
  const { count, bytes, offsets } = keys;
  const moved: number[] = [];
  for (let key = 0; key < count; key += 1) {
    const start = offsets[key] ?? 0;
    const end = offsets[key + 1] ?? 0;
    if (before.route(bytes, start, end) !== after.route(bytes, start, end)) moved.push(key);
  }
  return moved;
}
