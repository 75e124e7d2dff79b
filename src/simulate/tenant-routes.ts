import { keyBinding } from '../workload/classify.ts';
import type { Workload } from '../workload/types.ts';

/** The shard of each tenant, for operations of which nothing but the tenant decides the shard. */
export interface TenantRoutes {
  /** All statements of such an operation as a bit mask; 0 for every other operation. */
  maskOf(operation: number): number;
  shardOf(tenant: number): number;
}

/**
 * Each tenant is routed once, when it is first asked for. null where the shard key is not the tenant's
 * id alone, or where values of it are split.
 */
export function tenantRoutes(
  workload: Workload,
  keyName: string,
  isSplit: boolean,
  shardOfRow: (tenant: number, row: number) => number,
): TenantRoutes | null {
  const column = workload.columns.find(({ name }) => name === keyName);
  if (isSplit || column?.generator.kind !== 'tenant') return null;
  const masks = workload.operations.map(({ statements }) => {
    const bindings = statements.map((statement) => keyBinding(statement, keyName));
    const own = bindings.every((binding) => binding?.by === 'value' && !binding.other);
    return own ? 2 ** statements.length - 1 : 0;
  });
  return new LazyRoutes(masks, workload.tenants.count, shardOfRow);
}

/** Of the plan for one shard, where every operation goes. */
export function singleRoutes(workload: Workload): TenantRoutes {
  const masks = workload.operations.map(({ statements }) => 2 ** statements.length - 1);
  return { maskOf: (operation) => masks[operation] ?? 0, shardOf: () => 0 };
}

class LazyRoutes implements TenantRoutes {
  private readonly masks: readonly number[];
  /** -1: not asked for yet. */
  private readonly shards: Int32Array;
  private readonly find: (tenant: number, row: number) => number;

  constructor(
    masks: readonly number[],
    tenants: number,
    find: (tenant: number, row: number) => number,
  ) {
    this.masks = masks;
    this.shards = new Int32Array(tenants).fill(-1);
    this.find = find;
  }

  maskOf(operation: number): number {
    return this.masks[operation] ?? 0;
  }

  shardOf(tenant: number): number {
    const known = this.shards[tenant] ?? -1;
    if (known >= 0) return known;
    const shard = this.find(tenant, 0);
    this.shards[tenant] = shard;
    return shard;
  }
}

