import { encodeKey, type KeyType } from './keys.ts';

/**
 * A key of several columns: one part after the other, each a tag and its value. The parts say their
 * own types, so that a router needs no schema to take them apart, and no two keys share their
 * bytes.
 *
 *     NULL   tag 0
 *     text   tag 1, length in 4 bytes little-endian, UTF-8
 *     int8   tag 2, 8 bytes little-endian, two's complement
 *     uuid   tag 3, 16 bytes
 */
export const partTags = { null: 0, text: 1, int8: 2, uuid: 3 } as const;

/** One column's value; `text` null is SQL's NULL. */
export interface KeyPart {
  readonly type: KeyType;
  readonly text: string | null;
}

/** Bytes in front of a part's own value. */
export function partHeaderBytes(type: KeyType): number {
  return type === 'text' ? 5 : 1;
}

/** Writes what stands before the `length` value bytes of a part; returns where they go. */
export function writePartHeader(
  type: KeyType,
  length: number,
  bytes: Uint8Array,
  at: number,
): number {
  bytes[at] = partTags[type];
  if (type !== 'text') return at + 1;
  for (let i = 0; i < 4; i += 1) bytes[at + 1 + i] = length >>> (8 * i);
  return at + 5;
}

/** The canonical bytes of a composite key. A text that is no such key is a UserError. */
export function encodeCompositeKey(parts: readonly KeyPart[], where = 'key'): Uint8Array {
  const values = parts.map(({ type, text }) =>
    text === null ? null : encodeKey(type, text, where),
  );
  const total = values.reduce((sum, value) => sum + 5 + (value?.length ?? 0), 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const [i, { type }] of parts.entries()) {
    const value = values[i];
    if (value === null || value === undefined) {
      bytes[at] = partTags.null;
      at += 1;
      continue;
    }
    at = writePartHeader(type, value.length, bytes, at);
    bytes.set(value, at);
    at += value.length;
  }
  return bytes.slice(0, at);
}
