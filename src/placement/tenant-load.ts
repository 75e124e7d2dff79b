import type { Overlay } from '../router/overlays/overlay-keys.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import { type TenantWrites, tenantWrites } from '../workload/key-usage.ts';
import { isTenantKey } from '../workload/tenant-key.ts';
import type { Workload } from '../workload/types.ts';
import type { ComparedKey } from './compared-key.ts';
import { strategySplit } from './strategy-split.ts';

/**
 * The load of a shard key by the tenants whose it is; null where that is not known: nothing is
 * written, and the key is not the tenant's id.
 */
export function tenantLoad(
  { shardKey, known, loadIs }: ComparedKey,
  workload: Workload,
  plan: ArrivalPlan,
  overlay: Overlay | null,
): TenantWrites | null {
  if (loadIs === 'writes') {
    const split =
      overlay === null ? null : strategySplit(workload, { ...overlay, key: shardKey }, known);
    return tenantWrites(workload, plan, shardKey, split);
  }
  if (!isTenantKey(workload, shardKey)) return null;
  const own = Uint32Array.from({ length: known.count }, (_, tenant) => tenant);
  return { keys: known, counts: known.weights, everywhere: 0, key: own, tenant: own };
}
