import { partTags } from '../base/composite-keys.ts';
import { readUint32 } from '../base/hash/bytes.ts';
import type { RoutedKeyType } from '../base/keys.ts';

/** Negative, 0 or positive as key a[aStart .. aEnd) comes before, is, or comes after key b[...). */
export type KeyOrder = (
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
) => number;

/** Byte by byte, a prefix first: COLLATE "C" for text, Postgres' own order for uuid. */
const byBytes: KeyOrder = (a, aStart, aEnd, b, bStart, bEnd) => {
  const aLength = aEnd - aStart;
  const bLength = bEnd - bStart;
  const shared = Math.min(aLength, bLength);
  for (let i = 0; i < shared; i += 1) {
    const difference = (a[aStart + i] ?? 0) - (b[bStart + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
};

/** As signed integers: the upper words decide with their sign, the lower ones without. */
const byValue: KeyOrder = (a, aStart, _aEnd, b, bStart) => {
  const difference = readUint32(a, aStart + 4) - readUint32(b, bStart + 4);
  if (difference !== 0) return difference;
  return (readUint32(a, aStart) >>> 0) - (readUint32(b, bStart) >>> 0);
};

const { null: nullTag, text: textTag, int8: int8Tag } = partTags;

/** Bytes of the part that begins at `at`, its tag included. */
function partLength(bytes: Uint8Array, at: number): number {
  const tag = bytes[at];
  if (tag === nullTag) return 1;
  if (tag === textTag) return 5 + readUint32(bytes, at + 1);
  return tag === int8Tag ? 9 : 17;
}

/** Column by column as Postgres sorts rows: NULL after every value; a prefix first. */
const byParts: KeyOrder = (a, aStart, aEnd, b, bStart, bEnd) => {
  let i = aStart;
  let j = bStart;
  while (i < aEnd && j < bEnd) {
    const tag = a[i] ?? 0;
    const other = b[j] ?? 0;
    if (tag !== other) {
      if (tag === nullTag) return 1;
      return other === nullTag ? -1 : tag - other;
    }
    const head = tag === textTag ? 5 : 1;
    const iNext = i + partLength(a, i);
    const jNext = j + partLength(b, j);
    const order = tag === int8Tag ? byValue : byBytes;
    const difference = order(a, i + head, iNext, b, j + head, jNext);
    if (tag !== nullTag && difference !== 0) return difference;
    i = iNext;
    j = jNext;
  }
  return aEnd - i - (bEnd - j);
};

export function keyOrder(type: RoutedKeyType): KeyOrder {
  if (type === 'composite') return byParts;
  return type === 'int8' ? byValue : byBytes;
}
