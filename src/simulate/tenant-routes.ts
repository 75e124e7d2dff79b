import { keyBinding } from '../workload/classify.ts';
import type { Workload } from '../workload/types.ts';

/** The shard of each tenant, for operations of which nothing but the tenant decides the shard. */
export interface TenantRoutes {
  /** All statements of such an operation as a bit mask, by operation; 0 for every other one. */
  readonly masks: readonly number[];
  readonly shards: Uint32Array;
}

/** null where the shard key is not the tenant's id alone, or where values of it are split. */
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
    return own ? allOf(statements) : 0;
  });
  const shards = new Uint32Array(workload.tenants.count);
  for (let tenant = 0; tenant < shards.length; tenant += 1) shards[tenant] = shardOfRow(tenant, 0);
  return { masks, shards };
}

/** Of the plan for one shard, where every operation goes. */
export function singleRoutes({ operations, tenants }: Workload): TenantRoutes {
  const masks = operations.map(({ statements }) => allOf(statements));
  return { masks, shards: new Uint32Array(tenants.count) };
}

const allOf = (statements: readonly unknown[]): number => 2 ** statements.length - 1;
