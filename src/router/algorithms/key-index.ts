import { assert } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { xxh64 } from '../../base/hash/xxh64.ts';
import type { PackedKeys } from '../../base/keys.ts';

/**
 * Finds a key among many: open addressing with linear probing at most half full, by a 64-bit hash
 * whose lower word is compared before the bytes are. Its own copy of the keys; no allocation.
 */
export class KeyIndex {
  readonly #bytes: Uint8Array;
  readonly #offsets: Uint32Array;
  /** Key index + 1 by place; 0 is free. */
  readonly #places: Uint32Array;
  readonly #tags: Uint32Array;
  readonly #mask: number;
  readonly #out: Hash64 = { hi: 0, lo: 0 };

  constructor(keys: PackedKeys) {
    this.#bytes = keys.bytes.slice();
    this.#offsets = keys.offsets.slice();
    const size = 2 ** Math.ceil(Math.log2(2 * keys.count + 2));
    this.#mask = size - 1;
    this.#places = new Uint32Array(size);
    this.#tags = new Uint32Array(size);
    for (let key = 0; key < keys.count; key += 1) this.#insert(key);
  }

  /** The index of the key bytes[start .. end), or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const place = this.#placeOf(bytes, start, end);
    return (this.#places[place] ?? 0) - 1;
  }

  #insert(key: number): void {
    const place = this.#placeOf(this.#bytes, this.#offsets[key] ?? 0, this.#offsets[key + 1] ?? 0);
    assert(this.#places[place] === 0, 'known keys are distinct');
    this.#places[place] = key + 1;
    this.#tags[place] = this.#out.lo;
  }

  /** Where the key is, or the free place where it would be. */
  #placeOf(bytes: Uint8Array, start: number, end: number): number {
    xxh64.hash(bytes, start, end, this.#out);
    const tag = this.#out.lo;
    let place = this.#out.hi & this.#mask;
    for (;;) {
      const key = this.#places[place] ?? 0;
      if (key === 0) return place;
      if (this.#tags[place] === tag && this.#holds(key - 1, bytes, start, end)) return place;
      place = (place + 1) & this.#mask;
    }
  }

  #holds(key: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#offsets[key] ?? 0;
    const length = (this.#offsets[key + 1] ?? 0) - from;
    if (length !== end - start) return false;
    for (let i = 0; i < length; i += 1) {
      if (this.#bytes[from + i] !== bytes[start + i]) return false;
    }
    return true;
  }
}
