import type { Workload } from '../workload/types.ts';
import type { TenantRoutes } from './tenant-routes.ts';

/** Rows of each shard as they would be loaded; `routes` are a shorter way, where there is one. */
export function rowsByShard(
  { rows }: Workload,
  shardCount: number,
  routes: TenantRoutes | null,
  shardOf: (tenant: number, row: number) => number,
): number[] {
  const counts = Array.from({ length: shardCount }, () => 0);
  const add = (shard: number, own: number): void => {
    counts[shard] = (counts[shard] ?? 0) + own;
  };
  if (routes === null) {
    for (let row = 0; row < rows.count; row += 1) add(shardOf(rows.tenantOf[row] ?? 0, row), 1);
  } else {
    for (const [tenant, shard] of routes.shards.entries()) {
      add(shard, (rows.starts[tenant + 1] ?? 0) - (rows.starts[tenant] ?? 0));
    }
  }
  return counts.map((drawn) => Math.round(drawn * rows.standsFor));
}
