import type { Growth, PresentMap } from '../scenario/growth-types.ts';
import type { Strategy } from '../scenario/types.ts';
import type { Workload } from '../workload/types.ts';
import { isTenantKey } from '../workload/tenant-key.ts';

/** A strategy as it is in use: with the salt of growth.present, where its hash takes one. */
export function inUse(strategy: Strategy, { present }: Growth): Strategy {
  const takesSalt = strategy.hash !== null && strategy.hash !== 'identity';
  if (present === null || !('salt' in present) || !takesSalt) return strategy;
  return { ...strategy, salt: present.salt };
}

/** The shard map of growth.present; null where it gives none. */
export function mapOf({ present }: Growth): PresentMap | null {
  return present !== null && 'file' in present ? present : null;
}

/** Whether growth.present says where its keys are: no other placement is to be expected then. */
export function isPlacementKnown(strategy: Strategy, growth: Growth, workload: Workload): boolean {
  if (mapOf(growth) !== null) return isTenantKey(workload, strategy.key);
  return growth.present !== null && strategy.hash !== null;
}

/** What the map says of the values of a shard key: it has the tenants and no others. */
export function presentShards(
  workload: Workload,
  key: string,
  map: Uint32Array | null,
): { readonly present?: Uint32Array } {
  return map !== null && isTenantKey(workload, key) ? { present: map } : {};
}
