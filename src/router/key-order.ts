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

export function keyOrder(type: RoutedKeyType): KeyOrder {
  return type === 'int8' ? byValue : byBytes;
}
