import * as fc from 'fast-check';
import { encodeCompositeKey, type KeyPart } from '../../base/composite-keys.ts';
import { type KeyType, keyTypes, type PackedKeys, type RoutedKeyType } from '../../base/keys.ts';
import type { KnownKeys } from '../contract.ts';
import { knownKeys, withRows } from './checked-router.ts';

export const keyTexts: Readonly<Record<KeyType, fc.Arbitrary<string>>> = {
  text: fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  int8: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  uuid: fc.uuid(),
};

const partOf = (type: KeyType): fc.Arbitrary<KeyPart> =>
  fc.option(keyTexts[type], { freq: 8 }).map((text) => ({ type, text }));

/** Columns of any types, in one order for all keys; a value in nine is NULL. */
const compositeKeys: fc.Arbitrary<readonly (readonly KeyPart[])[]> = fc
  .array(fc.constantFrom(...keyTypes), { minLength: 2, maxLength: 3 })
  .chain((types) => fc.array(fc.tuple(...types.map(partOf)), { minLength: 2, maxLength: 60 }));

function packComposite(keys: readonly (readonly KeyPart[])[]): PackedKeys {
  const encoded = keys.map((parts) => encodeCompositeKey(parts));
  const distinct = [...new Map(encoded.map((key) => [key.join(), key])).values()];
  const offsets = new Uint32Array(distinct.length + 1);
  for (const [i, key] of distinct.entries()) offsets[i + 1] = (offsets[i] ?? 0) + key.length;
  const bytes = new Uint8Array(offsets.at(-1) ?? 0);
  for (const [i, key] of distinct.entries()) bytes.set(key, offsets[i] ?? 0);
  return { type: 'composite', count: distinct.length, bytes, offsets };
}

const unevenRows = (index: number): number => 1 + ((index * 7919) % 100);

/** Distinct keys of one type with uneven rows. */
export function someKeys(type: RoutedKeyType, minLength = 1): fc.Arbitrary<KnownKeys> {
  if (type === 'composite') {
    return compositeKeys.map((keys) => withRows(packComposite(keys), unevenRows));
  }
  return fc
    .uniqueArray(keyTexts[type], { minLength, maxLength: 60 })
    .map((texts) => knownKeys(type, texts, unevenRows));
}
