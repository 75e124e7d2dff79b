import type { PackedKeys, RoutedKeyType } from './keys.ts';

/** Numbers encoded keys in the order in which they are first seen: equal keys, and only those. */
export class KeyIndex {
  count = 0;
  private bytes = new Uint8Array(1024);
  /** Key i is bytes[offsets[i] .. offsets[i + 1]). */
  private offsets = new Uint32Array(64);
  /** Key numbers + 1, by hash; 0 is free. At most half of them are taken. */
  private slots = new Uint32Array(128);

  /** The number of bytes[0 .. length). */
  numberOf(bytes: Uint8Array, length: number): number {
    let slot = hashOf(bytes, 0, length) & (this.slots.length - 1);
    for (;;) {
      const found = this.slots[slot] ?? 0;
      if (found === 0) break;
      if (this.isKey(found - 1, bytes, length)) return found - 1;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    this.slots[slot] = this.append(bytes, length) + 1;
    if (2 * this.count > this.slots.length) this.spread();
    return this.count - 1;
  }

  /** Keys by their numbers, in the order given. */
  packed(type: RoutedKeyType, numbers: readonly number[]): PackedKeys {
    const offsets = new Uint32Array(numbers.length + 1);
    for (const [i, key] of numbers.entries()) {
      offsets[i + 1] = (offsets[i] ?? 0) + (this.offsets[key + 1] ?? 0) - (this.offsets[key] ?? 0);
    }
    const bytes = new Uint8Array(offsets[numbers.length] ?? 0);
    for (const [i, key] of numbers.entries()) {
      bytes.set(this.bytes.subarray(this.offsets[key], this.offsets[key + 1]), offsets[i]);
    }
    return { type, count: numbers.length, bytes, offsets };
  }

  private isKey(key: number, bytes: Uint8Array, length: number): boolean {
    const start = this.offsets[key] ?? 0;
    if ((this.offsets[key + 1] ?? 0) - start !== length) return false;
    for (let i = 0; i < length; i += 1) if (this.bytes[start + i] !== bytes[i]) return false;
    return true;
  }

  private append(bytes: Uint8Array, length: number): number {
    const key = this.count;
    const start = this.offsets[key] ?? 0;
    if (start + length > this.bytes.length) {
      const larger = new Uint8Array(2 * (start + length));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    if (key + 2 > this.offsets.length) {
      const larger = new Uint32Array(2 * this.offsets.length);
      larger.set(this.offsets);
      this.offsets = larger;
    }
    for (let i = 0; i < length; i += 1) this.bytes[start + i] = bytes[i] ?? 0;
    this.offsets[key + 1] = start + length;
    this.count = key + 1;
    return key;
  }

  private spread(): void {
    const slots = new Uint32Array(2 * this.slots.length);
    const mask = slots.length - 1;
    for (let key = 0; key < this.count; key += 1) {
      let slot = hashOf(this.bytes, this.offsets[key] ?? 0, this.offsets[key + 1] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = key + 1;
    }
    this.slots = slots;
  }
}

/** FNV-1a, whose low bits are mixed well enough for a table. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
