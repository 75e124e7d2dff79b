// Consistent hashing with bounded loads: Mirrokni, Thorup, Zadimoghaddam 2016, arXiv 1608.01350
import { assert } from '../../base/assert.ts';
import type { RingPoints } from './ring-points.ts';

/** Before a key has a shard, and instead of a shard that is gone. */
export const noShard = 0xffff_ffff;

/** The most keys a shard may hold: ceil((1 + excess) m w / W) for m keys and its part w of W. */
export function capacitiesOf(
  keyCount: number,
  weights: readonly number[],
  excessPercent: number,
): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) =>
    Math.ceil(((100 + excessPercent) * keyCount * weight) / (100 * total)),
  );
}

/**
 * Keys on a ring whose shards are full at their capacity: the next one along the ring takes over.
 */
export class BoundedPlacement {
  /** Shard of each key. */
  readonly shards: Uint32Array;
  readonly #points: RingPoints;
  readonly #homes: Uint32Array;
  readonly #capacities: readonly number[];
  readonly #loads: Uint32Array;

  /** `homes` has the index of each key's point. The capacities add up to the keys at least. */
  constructor(points: RingPoints, homes: Uint32Array, capacities: readonly number[]) {
    this.#points = points;
    this.#homes = homes;
    this.#capacities = capacities;
    this.#loads = new Uint32Array(capacities.length);
    this.shards = new Uint32Array(homes.length).fill(noShard);
  }

  /**
   * Keys stay where they were (`before`, by key), unless a shard that was empty then, and has room,
   * lies in front of it on their way along the ring, or their shard is gone or already full.
   */
  keep(before: Uint32Array): void {
    const wasEmpty = Uint8Array.from(this.#capacities, () => 1);
    for (const shard of before) wasEmpty[shard] = 0;
    for (const [key, old] of before.entries()) {
      // Without capacity a shard has no point, and the way to it would not end.
      if ((this.#capacities[old] ?? 0) === 0) continue;
      let at = this.#homes[key] ?? 0;
      let owner = this.#ownerOf(at);
      while (owner !== old && !(wasEmpty[owner] === 1 && this.#hasRoom(owner))) {
        at = this.#after(at);
        owner = this.#ownerOf(at);
      }
      if (this.#hasRoom(owner)) this.#put(key, owner);
    }
  }

  /**
   * Each key without a shard, in the order of the list, goes to the first along the ring with room.
   */
  placeRest(): void {
    for (const [key, home] of this.#homes.entries()) {
      if (this.shards[key] === noShard) this.#put(key, this.#openOwner(home));
    }
  }

  /** For each point the shard that takes a key which is not in the list: the first with room. */
  openOwners(): Uint32Array {
    const { count, owner } = this.#points;
    const owners = owner.slice();
    let open = noShard;
    // Twice around, so that the first points see past the end.
    for (let step = 2 * count - 1; step >= 0; step -= 1) {
      const at = step % count;
      if (this.#hasRoom(this.#ownerOf(at))) open = this.#ownerOf(at);
      if (open !== noShard) owners[at] = open;
    }
    return owners;
  }

  #openOwner(home: number): number {
    let at = home;
    for (let steps = 0; steps < this.#points.count; steps += 1) {
      const owner = this.#ownerOf(at);
      if (this.#hasRoom(owner)) return owner;
      at = this.#after(at);
    }
    assert(false, 'capacities that add up to the keys');
  }

  #ownerOf(point: number): number {
    return this.#points.owner[point] ?? 0;
  }

  #after(point: number): number {
    return point + 1 === this.#points.count ? 0 : point + 1;
  }

  #hasRoom(shard: number): boolean {
    return (this.#loads[shard] ?? 0) < (this.#capacities[shard] ?? 0);
  }

  #put(key: number, shard: number): void {
    this.shards[key] = shard;
    this.#loads[shard] = (this.#loads[shard] ?? 0) + 1;
  }
}
