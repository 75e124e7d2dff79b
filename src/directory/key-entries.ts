// Linear probing with deletion by moving entries back: Knuth, TAOCP 6.4, algorithm R.
import { assert } from '../base/assert.ts';
import type { Hash64 } from '../base/hash/key-hash.ts';
import { xxh64 } from '../base/hash/xxh64.ts';

/**
 * Which of a fixed number of entries holds a key: a hash table whose keys come and go, with its own
 * copy of their bytes. All memory is taken when it is made; nothing is allocated after that.
 */
export class KeyEntries {
  readonly capacity: number;
  private readonly maxKeyBytes: number;
  private readonly keys: Uint8Array;
  private readonly lengths: Uint32Array;
  /** Entry + 1 by place; 0 is free. At most half full. */
  private readonly places: Uint32Array;
  private readonly mask: number;
  /** Of each entry's key: where it would stand in an empty table, and what is compared first. */
  private readonly homes: Uint32Array;
  private readonly tags: Uint32Array;
  private readonly hash: Hash64 = { hi: 0, lo: 0 };

  /** `maxKeyBytes`: no key is longer. */
  constructor(capacity: number, maxKeyBytes: number) {
    this.capacity = capacity;
    this.maxKeyBytes = maxKeyBytes;
    this.keys = new Uint8Array(capacity * maxKeyBytes);
    this.lengths = new Uint32Array(capacity);
    const size = 2 ** Math.ceil(Math.log2(2 * capacity + 2));
    this.places = new Uint32Array(size);
    this.mask = size - 1;
    this.homes = new Uint32Array(capacity);
    this.tags = new Uint32Array(capacity);
  }

  /** The entry of the key bytes[start .. end), or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return (this.places[this.placeOf(bytes, start, end)] ?? 0) - 1;
  }

  /** Puts a key that is not there into an entry that has none. */
  insert(entry: number, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    assert(length <= this.maxKeyBytes, 'a key within maxKeyBytes');
    const place = this.placeOf(bytes, start, end);
    assert(this.places[place] === 0, 'a key that is not there');
    const from = entry * this.maxKeyBytes;
    for (let i = 0; i < length; i += 1) this.keys[from + i] = bytes[start + i] ?? 0;
    this.lengths[entry] = length;
    this.homes[entry] = this.hash.hi & this.mask;
    this.tags[entry] = this.hash.lo;
    this.places[place] = entry + 1;
  }

  /** Takes the key out of an entry that has one. */
  remove(entry: number): void {
    const { places, mask, homes } = this;
    let free = homes[entry] ?? 0;
    while (places[free] !== entry + 1) free = (free + 1) & mask;
    let place = free;
    for (;;) {
      place = (place + 1) & mask;
      const next = places[place] ?? 0;
      if (next === 0) break;
      // An entry whose home lies cyclically in (free, place] is found without passing `free`.
      const home = homes[next - 1] ?? 0;
      if (((place - home) & mask) < ((place - free) & mask)) continue;
      places[free] = next;
      free = place;
    }
    places[free] = 0;
  }

  /** A copy of the key in an entry. */
  keyIn(entry: number): Uint8Array {
    const from = entry * this.maxKeyBytes;
    return this.keys.slice(from, from + (this.lengths[entry] ?? 0));
  }

  /** Where the key is, or the free place where it would be. */
  private placeOf(bytes: Uint8Array, start: number, end: number): number {
    xxh64.hash(bytes, start, end, this.hash);
    const tag = this.hash.lo;
    let place = this.hash.hi & this.mask;
    for (;;) {
      const entry = (this.places[place] ?? 0) - 1;
      if (entry < 0) return place;
      if (this.tags[entry] === tag && this.holds(entry, bytes, start, end)) return place;
      place = (place + 1) & this.mask;
    }
  }

  private holds(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.lengths[entry] ?? 0;
    if (length !== end - start) return false;
    const from = entry * this.maxKeyBytes;
    for (let i = 0; i < length; i += 1) {
      if (this.keys[from + i] !== bytes[start + i]) return false;
    }
    return true;
  }
}
