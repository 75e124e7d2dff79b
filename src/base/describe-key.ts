import { partHeaderBytes, partTags } from './composite-keys.ts';
import { readUint32 } from './hash/bytes.ts';
import { decodeKey, type KeyType, type RoutedKeyType } from './keys.ts';

const longest = 60;

/**
 * The key bytes[start .. end) as messages show it: `"acme"`, `42`, `("acme", 42, NULL)`; shortened
 * where it is long.
 */
export function describeKey(
  type: RoutedKeyType,
  bytes: Uint8Array,
  start: number,
  end: number,
): string {
  if (type !== 'composite') return describePart(type, bytes, start, end);
  const parts: string[] = [];
  let at = start;
  while (at < end) {
    const partType = partTypes.find((each) => partTags[each] === bytes[at]);
    if (partType === undefined) {
      parts.push('NULL');
      at += 1;
      continue;
    }
    const from = at + partHeaderBytes(partType);
    at = from + valueBytes(partType, bytes, at);
    parts.push(describePart(partType, bytes, from, at));
  }
  return `(${parts.join(', ')})`;
}

const partTypes: readonly KeyType[] = ['text', 'int8', 'uuid'];

function valueBytes(type: KeyType, bytes: Uint8Array, tagAt: number): number {
  if (type === 'text') return readUint32(bytes, tagAt + 1) >>> 0;
  return type === 'int8' ? 8 : 16;
}

function describePart(type: KeyType, bytes: Uint8Array, start: number, end: number): string {
  const text = decodeKey(type, bytes, start, end);
  if (type !== 'text') return text;
  const { length } = text;
  if (length <= longest) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, longest))}... (${length} characters)`;
}
