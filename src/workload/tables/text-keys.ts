import { encodeKey, type KeyType } from '../../base/keys.ts';
import type { KeyValues } from './key-values.ts';
import type { PlainGenerator, RowText } from './plain-values.ts';

const toUtf8 = new TextEncoder();

/**
 * Values of which only the text is known: each is a string for the moment in which it is encoded,
 * and for good only where its number is asked for.
 */
export function textKeys(type: KeyType, generator: PlainGenerator, text: RowText): KeyValues {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const write = textWriter(type);
  return {
    type,
    maxBytes: type === 'text' ? longestText(generator) : 16,
    // Numbers are given as values come.
    domain: null,
    size: null,
    valueOf(tenant, row) {
      const value = text(tenant, row);
      let number = numbers.get(value);
      if (number === undefined) {
        number = texts.push(value) - 1;
        numbers.set(value, number);
      }
      return number;
    },
    encode: (value, out) => write(texts[value] ?? '', out),
    write: (tenant, row, out) => write(text(tenant, row), out),
  };
}

function textWriter(type: KeyType): (text: string, out: Uint8Array) => number {
  if (type === 'text') return (text, out) => toUtf8.encodeInto(text, out).written;
  return (text, out) => {
    const key = encodeKey(type, text);
    out.set(key);
    return key.length;
  };
}

/** Bytes of the longest text, or a few more. */
export function longestText(generator: PlainGenerator): number {
  switch (generator.kind) {
    case 'choice':
      return Math.max(...generator.values.map((value) => toUtf8.encode(value).length));
    case 'text':
    case 'json':
      return Math.max(2, generator.bytes);
    case 'padded':
      return Math.max(10, generator.length);
    case 'words': {
      const lengths = generator.words.map((word) => toUtf8.encode(word).length);
      return generator.count * Math.max(...lengths);
    }
    case 'date':
    case 'id':
    case 'number':
    case 'tenant':
    case 'timestamp':
    case 'user':
      return 40;
  }
}
