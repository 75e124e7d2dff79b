import type { PackedKeys } from '../base/keys.ts';
import type { KeyColumn } from './types.ts';

/** Keys that stand for these values of a column. */
export function packValues(key: KeyColumn, values: readonly number[]): PackedKeys {
  const offsets = new Uint32Array(values.length + 1);
  const scratch = new Uint8Array(key.maxBytes);
  const bytes = new Uint8Array(key.maxBytes * values.length);
  let at = 0;
  values.forEach((value, i) => {
    const length = key.encode(value, scratch);
    bytes.set(scratch.subarray(0, length), at);
    at += length;
    offsets[i + 1] = at;
  });
  return { type: key.type, count: values.length, bytes: bytes.slice(0, at), offsets };
}
