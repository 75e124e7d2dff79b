import type { KeyHash } from '../../base/hash/key-hash.ts';
import type { HashRecipe } from '../recipe.ts';

/** The recipe of a router that reads nothing of a key but its hash. */
export function hashRecipe(
  { name }: KeyHash,
  salt: string,
  shardCount: number,
  placing: HashRecipe['placing'],
): HashRecipe {
  return { kind: 'hash', hash: name, salt, shardCount, placing };
}
