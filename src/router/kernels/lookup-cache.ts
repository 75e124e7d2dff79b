import { KeySlots } from '../algorithms/key-slots.ts';

/** What `shardIn` gives for an entry whose look-up has not been answered yet. */
export const unanswered = -1;

/**
 * A cache of look-ups, key -> shard, as an application keeps one: at most `size` entries, of which
 * the least recently used makes room, each for a time to live that counts from the moment its
 * look-up began and is not prolonged by use. Allocates when it is made, and never again.
 */
export class LookupCache {
  private readonly slots: KeySlots;
  private readonly ttlNs: number;
  private readonly shards: Int32Array;
  private readonly begunNs: Float64Array;
  /** Neighbours by last use; `older` of a free slot is the next free one. */
  private readonly newer: Int32Array;
  private readonly older: Int32Array;
  private newest = -1;
  private oldest = -1;
  private free: number;

  constructor(size: number, maxKeyBytes: number, ttlNs: number) {
    this.slots = new KeySlots(size, maxKeyBytes);
    this.ttlNs = ttlNs;
    this.shards = new Int32Array(size);
    this.begunNs = new Float64Array(size);
    this.newer = new Int32Array(size).fill(-1);
    this.older = Int32Array.from({ length: size }, (_, slot) => (slot + 1 < size ? slot + 1 : -1));
    this.free = 0;
  }

  /** The entry of the key bytes[start .. end), which is now the one used last; -1 without one. */
  find(bytes: Uint8Array, start: number, end: number, nowNs: number): number {
    const slot = this.slots.find(bytes, start, end);
    if (slot < 0) return -1;
    this.unlink(slot);
    if (nowNs - (this.begunNs[slot] ?? 0) >= this.ttlNs) {
      this.release(slot);
      return -1;
    }
    this.link(slot);
    return slot;
  }

  /** The shard that an entry says, or `unanswered`. */
  shardIn(slot: number): number {
    return this.shards[slot] ?? unanswered;
  }

  /** Makes the entry of a key that has none, whose look-up begins now. */
  reserve(bytes: Uint8Array, start: number, end: number, nowNs: number): void {
    if (this.free < 0) {
      const { oldest } = this;
      this.unlink(oldest);
      this.release(oldest);
    }
    const slot = this.free;
    this.free = this.older[slot] ?? -1;
    this.slots.insert(slot, bytes, start, end);
    this.shards[slot] = unanswered;
    this.begunNs[slot] = nowNs;
    this.link(slot);
  }

  /** What a look-up has found, unless its entry has made room meanwhile. */
  answer(bytes: Uint8Array, start: number, end: number, shard: number): void {
    const slot = this.slots.find(bytes, start, end);
    if (slot >= 0) this.shards[slot] = shard;
  }

  /** A look-up has failed: its entry goes, so that the next one asks again. */
  forget(bytes: Uint8Array, start: number, end: number): void {
    const slot = this.slots.find(bytes, start, end);
    if (slot < 0) return;
    this.unlink(slot);
    this.release(slot);
  }

  private link(slot: number): void {
    this.newer[slot] = -1;
    this.older[slot] = this.newest;
    if (this.newest >= 0) this.newer[this.newest] = slot;
    else this.oldest = slot;
    this.newest = slot;
  }

  private unlink(slot: number): void {
    const newer = this.newer[slot] ?? -1;
    const older = this.older[slot] ?? -1;
    if (newer >= 0) this.older[newer] = older;
    else this.newest = older;
    if (older >= 0) this.newer[older] = newer;
    else this.oldest = newer;
  }

  private release(slot: number): void {
    this.slots.remove(slot);
    this.older[slot] = this.free;
    this.free = slot;
  }
}
