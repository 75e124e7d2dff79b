import { type KeyType, keyTypes } from '../../base/keys.ts';
import type { KnownKeys, RouterDefinition } from '../contract.ts';
import { knownKeys, tenantTexts } from './checked-router.ts';

/** The plain type that a router's numerous keys are of: the first it takes. */
export function plainType({ keyTypes: taken }: RouterDefinition): KeyType {
  return keyTypes.find((type) => taken.includes(type)) ?? 'text';
}

const texts: Readonly<Record<KeyType, (count: number) => readonly string[]>> = {
  text: tenantTexts,
  int8: (count) => Array.from({ length: count }, (_, index) => String(index + 1)),
  uuid: (count) =>
    Array.from(
      { length: count },
      (_, index) => `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
    ),
};

const made = new Map<string, KnownKeys>();

/** As many keys as people really have, numbered as they really are: tenant-0, 1, ... */
export function manyKeys(definition: RouterDefinition, count: number): KnownKeys {
  const type = plainType(definition);
  const name = `${type}/${count}`;
  const keys = made.get(name) ?? knownKeys(type, texts[type](count));
  made.set(name, keys);
  return keys;
}
