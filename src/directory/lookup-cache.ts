import { KeyEntries } from './key-entries.ts';

/** What `shardIn` gives for an entry whose look-up has not been answered yet. */
export const unanswered = -1;

/**
 * A cache of look-ups, key -> shard, as an application keeps one: at most `size` entries, of which
 * the least recently used makes room, each for a time to live that counts from the moment its
 * look-up began and is not prolonged by use. Allocates when it is made, and never again.
 */
export class LookupCache {
  private readonly entries: KeyEntries;
  private readonly ttlNs: number;
  private readonly shards: Int32Array;
  private readonly begunNs: Float64Array;
  /** Neighbours by last use; `older` of a free entry is the next free one. */
  private readonly newer: Int32Array;
  private readonly older: Int32Array;
  private newest = -1;
  private oldest = -1;
  private free: number;

  constructor(size: number, maxKeyBytes: number, ttlNs: number) {
    this.entries = new KeyEntries(size, maxKeyBytes);
    this.ttlNs = ttlNs;
    this.shards = new Int32Array(size);
    this.begunNs = new Float64Array(size);
    this.newer = new Int32Array(size).fill(-1);
    this.older = Int32Array.from({ length: size }, (_, entry) =>
      entry + 1 < size ? entry + 1 : -1,
    );
    this.free = 0;
  }

  /** The entry of the key bytes[start .. end), which is now the one used last; -1 without one. */
  find(bytes: Uint8Array, start: number, end: number, nowNs: number): number {
    const entry = this.entries.find(bytes, start, end);
    if (entry < 0) return -1;
    this.unlink(entry);
    if (nowNs - (this.begunNs[entry] ?? 0) >= this.ttlNs) {
      this.release(entry);
      return -1;
    }
    this.link(entry);
    return entry;
  }

  /** The shard that an entry says, or `unanswered`. */
  shardIn(entry: number): number {
    return this.shards[entry] ?? unanswered;
  }

  /** Makes the entry of a key that has none, whose look-up begins now. */
  reserve(bytes: Uint8Array, start: number, end: number, nowNs: number): void {
    if (this.free < 0) {
      const { oldest } = this;
      this.unlink(oldest);
      this.release(oldest);
    }
    const entry = this.free;
    this.free = this.older[entry] ?? -1;
    this.entries.insert(entry, bytes, start, end);
    this.shards[entry] = unanswered;
    this.begunNs[entry] = nowNs;
    this.link(entry);
  }

  /** What a look-up has found, unless its entry has made room meanwhile. */
  answer(bytes: Uint8Array, start: number, end: number, shard: number): void {
    const entry = this.entries.find(bytes, start, end);
    if (entry >= 0) this.shards[entry] = shard;
  }

  /** A look-up has failed: its entry goes, so that the next one asks again. */
  forget(bytes: Uint8Array, start: number, end: number): void {
    const entry = this.entries.find(bytes, start, end);
    if (entry < 0) return;
    this.unlink(entry);
    this.release(entry);
  }

  private link(entry: number): void {
    this.newer[entry] = -1;
    this.older[entry] = this.newest;
    if (this.newest >= 0) this.newer[this.newest] = entry;
    else this.oldest = entry;
    this.newest = entry;
  }

  private unlink(entry: number): void {
    const newer = this.newer[entry] ?? -1;
    const older = this.older[entry] ?? -1;
    if (newer >= 0) this.older[newer] = older;
    else this.newest = older;
    if (older >= 0) this.newer[older] = newer;
    else this.oldest = newer;
  }

  private release(entry: number): void {
    this.entries.remove(entry);
    this.older[entry] = this.free;
    this.free = entry;
  }
}
