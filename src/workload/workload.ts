import { assert } from '../base/assert.ts';
import type { Scenario } from '../scenario/types.ts';
import { buildRows } from './rows.ts';
import { buildTenants, type TenantText } from './tenants.ts';
import type { Workload } from './types.ts';

/**
 * Everything that a scenario's arrivals and rows follow from. `tenantFile` is the decoded text of
 * the file that the scenario names, null when its tenants come from a distribution.
 */
export function buildWorkload(scenario: Scenario, tenantFile: TenantText | null): Workload {
  const { seed, durationMs, warmupMs } = scenario;
  const longest = Math.max(durationMs, warmupMs);
  assert(longest * 1e6 <= Number.MAX_SAFE_INTEGER, `${longest} ms exceed 2^53 ns`);
  const tenants = buildTenants(scenario.tenants, seed, tenantFile);
  return {
    seed,
    tenants,
    rows: buildRows(tenants.bytes, scenario.data, seed),
    columns: scenario.schema.columns,
    operations: scenario.operations,
    arrivals: scenario.arrivals,
    durationMs,
    warmupMs,
  };
}
