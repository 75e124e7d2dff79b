import type { KeyCodes } from './key-codes.ts';

interface Entry<T> {
  readonly codes: Uint16Array;
  readonly value: T;
  readonly next: Entry<T> | undefined;
}

/**
 * What was made of keys, by key. Bounded: of two generations the older one is forgotten when the
 * younger is full, and what is asked for is young again. Keys are compared in full, for hashes of
 * 32 bits meet.
 */
export class KeyCache<T> {
  private young = new Map<number, Entry<T>>();
  private old = new Map<number, Entry<T>>();
  private entries = 0;
  private units = 0;
  private readonly entriesMost: number;
  private readonly unitsMost: number;

  /** @param limits keys of a generation, and UTF-16 units of all of them */
  constructor(limits: { readonly entries: number; readonly units: number }) {
    this.entriesMost = limits.entries;
    this.unitsMost = limits.units;
  }

  get(key: KeyCodes, hash: number): T | undefined {
    const young = found(this.young.get(hash), key);
    if (young !== undefined) return young.value;
    const old = found(this.old.get(hash), key);
    if (old !== undefined) this.add(hash, old.codes, old.value);
    return old?.value;
  }

  set(key: KeyCodes, hash: number, value: T): void {
    // One that is longer than a generation may be would push out all others.
    if (key.length <= this.unitsMost / 16) {
      this.add(hash, key.codes.slice(0, key.length), value);
    }
  }

  private add(hash: number, codes: Uint16Array, value: T): void {
    if (this.entries >= this.entriesMost || this.units >= this.unitsMost) {
      this.old = this.young;
      this.young = new Map();
      this.entries = 0;
      this.units = 0;
    }
    this.young.set(hash, { codes, value, next: this.young.get(hash) });
    this.entries += 1;
    this.units += codes.length;
  }
}

function found<T>(first: Entry<T> | undefined, key: KeyCodes): Entry<T> | undefined {
  let entry = first;
  while (entry !== undefined && !isSame(entry.codes, key)) entry = entry.next;
  return entry;
}

function isSame(codes: Uint16Array, key: KeyCodes): boolean {
  if (codes.length !== key.length) return false;
  const other = key.codes;
  for (let i = 0; i < codes.length; i += 1) if (codes[i] !== other[i]) return false;
  return true;
}
