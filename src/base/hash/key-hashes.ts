import { suggest } from '../suggest.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserError } from '../user-error.ts';
import { fnv1a32 } from './fnv1a-32.ts';
import { fnv1a64 } from './fnv1a-64.ts';
import { identity } from './identity.ts';
import { type KeyHash, type KeyHashName, keyHashNames } from './key-hash.ts';
import { md5 } from './md5.ts';
import { murmur3x32 } from './murmur3-32.ts';
import { murmur3x128 } from './murmur3-128.ts';
import { sha256 } from './sha256.ts';
import { xxh64 } from './xxh64.ts';

export const keyHashes: Readonly<Record<KeyHashName, KeyHash>> = {
  xxh64,
  'fnv1a-32': fnv1a32,
  'fnv1a-64': fnv1a64,
  'murmur3-32': murmur3x32,
  'murmur3-128': murmur3x128,
  md5,
  sha256,
  identity,
};

export const defaultKeyHash: KeyHashName = 'xxh64';

export function isKeyHashName(name: string): name is KeyHashName {
  return Object.hasOwn(keyHashes, name);
}

/** What is wrong with a name that is no key hash, and what is allowed. */
export function unknownKeyHash(name: string): string {
  const near = suggest(name, keyHashNames);
  const guess = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `unknown key hash "${name}"${guess}; the key hashes are ${keyHashNames.join(', ')}`;
}

/** The key hash of that name; a UserError that lists the valid names when there is none. */
export function keyHash(name: string): KeyHash {
  if (isKeyHashName(name)) return keyHashes[name];
  throw new UserError(unknownKeyHash(name), { exitCode: exitCodes.usage });
}
