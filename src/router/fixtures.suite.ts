import type { Router } from './contract.ts';
import { shardsOf } from './checks/checked-router.ts';
import type { KnownKeys, RouterDefinition } from './contract.ts';
import { type OwnRouter, readOwnRouter } from './own/own-router.ts';

/** What the router tests share: keys, topologies, routers of plain choices. */
export {
  buildFor,
  countsOf,
  keysOf,
  knownKeys,
  shardsOf,
  tenantTexts,
  topologyOf,
} from './checks/checked-router.ts';
export { keyTexts, someKeys } from './checks/generated-keys.ts';

/** Fraction of keys whose shard is another one. */
export function movedFraction(before: Router, after: Router, keys: KnownKeys): number {
  const from = shardsOf(before, keys);
  const moved = shardsOf(after, keys).filter((shard, key) => shard !== from[key]);
  return moved.length / keys.count;
}

/** What a router's own file exports, as a definition. @throws with all that is wrong with it */
export function ownDefinition(
  own: OwnRouter | { readonly build: OwnRouter['build'] },
  file: string,
): RouterDefinition {
  const read = readOwnRouter(own, file);
  if ('problems' in read) throw new Error(read.problems.join());
  return read.definition;
}
