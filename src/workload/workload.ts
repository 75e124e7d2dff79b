import { assert } from '../base/assert.ts';
import { allSteps, type Steps } from '../base/steps.ts';
import type { Scenario } from '../scenario/types.ts';
import { maxRows, rowSteps } from './rows.ts';
import { buildTenants, type TenantText } from './tenants.ts';
import type { Workload } from './types.ts';

/**
 * Everything that a scenario's arrivals and rows follow from. `tenantFile` is the decoded text of
 * the file that the scenario names, null when its tenants come from a distribution.
 *
 * @param rowLimit rows that are drawn at most: each then stands for several
 */
export function buildWorkload(
  scenario: Scenario,
  tenantFile: TenantText | null,
  rowLimit = maxRows,
): Workload {
  return allSteps(workloadSteps(scenario, tenantFile, rowLimit));
}

/** The same in pieces. */
export function* workloadSteps(
  scenario: Scenario,
  tenantFile: TenantText | null,
  rowLimit = maxRows,
): Steps<Workload> {
  const { seed, durationMs, warmupMs } = scenario;
  const longest = Math.max(durationMs, warmupMs);
  assert(longest * 1e6 <= Number.MAX_SAFE_INTEGER, `${longest} ms exceed 2^53 ns`);
  const tenants = buildTenants(scenario.tenants, seed, tenantFile);
  return {
    seed,
    tenants,
    rows: yield* rowSteps(tenants.bytes, scenario.data, seed, rowLimit),
    columns: scenario.schema.columns,
    operations: scenario.operations,
    arrivals: scenario.arrivals,
    durationMs,
    warmupMs,
  };
}
