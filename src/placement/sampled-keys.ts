import type { PackedKeys } from '../base/keys.ts';
import type { KeyAmounts } from './movement.ts';

/** At most so many of the keys, evenly taken from all of them, with what they stand for. */
export function sampledAmounts(all: KeyAmounts, most: number): KeyAmounts {
  const { keys } = all;
  if (keys.count <= most) return all;
  const chosen = Uint32Array.from({ length: most }, (_, i) => Math.floor((i * keys.count) / most));
  const of = (values: ArrayLike<number>): Float64Array =>
    Float64Array.from(chosen, (key) => values[key] ?? 0);
  return {
    keys: chosenKeys(keys, chosen),
    rows: of(all.rows),
    bytes: of(all.bytes),
    load: of(all.load),
  };
}

export function chosenKeys({ type, bytes, offsets }: PackedKeys, chosen: Uint32Array): PackedKeys {
  const starts = new Uint32Array(chosen.length + 1);
  for (const [i, key] of chosen.entries()) {
    starts[i + 1] = (starts[i] ?? 0) + (offsets[key + 1] ?? 0) - (offsets[key] ?? 0);
  }
  const packed = new Uint8Array(starts[chosen.length] ?? 0);
  for (const [i, key] of chosen.entries()) {
    packed.set(bytes.subarray(offsets[key], offsets[key + 1]), starts[i]);
  }
  return { type, count: chosen.length, bytes: packed, offsets: starts };
}
