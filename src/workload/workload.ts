import { assert } from '../base/assert.ts';
import { allSteps, type Steps } from '../base/steps.ts';
import type { Layout } from '../scenario/layout-types.ts';
import type { TableSet } from '../scenario/table-types.ts';
import type { Scenario } from '../scenario/types.ts';
import { maxRows, rowSteps } from './rows.ts';
import { operationsByKey } from './tables/operations-by-key.ts';
import { tableRowSteps } from './tables/table-rows.ts';
import { changingTenants } from './tenant-changes.ts';
import { buildTenants, type TenantText } from './tenants.ts';
import type { Rows, Tenants, Workload } from './types.ts';

/**
 * Everything that a scenario's arrivals and rows follow from. `tenantFile` is the decoded text of
 * the file that the scenario names, null when its tenants come from a distribution.
 *
 * @param rowLimit rows that are drawn at most: each then stands for several. Those of a scenario
 *   with many tables are all drawn, for each is another row's parent.
 * @param layouts where its tables lie, by the name of the shard key
 */
export function buildWorkload(
  scenario: Scenario,
  tenantFile: TenantText | null,
  rowLimit = maxRows,
  layouts: ReadonlyMap<string, Layout> = new Map(),
): Workload {
  return allSteps(workloadSteps(scenario, tenantFile, rowLimit, layouts));
}

/** The same in pieces. */
export function* workloadSteps(
  scenario: Scenario,
  tenantFile: TenantText | null,
  rowLimit = maxRows,
  layouts: ReadonlyMap<string, Layout> = new Map(),
): Steps<Workload> {
  const { seed, durationMs, warmupMs } = scenario;
  const longest = Math.max(durationMs, warmupMs);
  assert(longest * 1e6 <= Number.MAX_SAFE_INTEGER, `${longest} ms exceed 2^53 ns`);
  const tenants = changingTenants(buildTenants(scenario.tenants, seed, tenantFile), scenario);
  const { operations, arrivals } = scenario;
  const plain = { seed, tenants, operations, arrivals, durationMs, warmupMs };
  if (scenario.tables !== undefined) {
    const tables = yield* tableSteps(scenario.tables, tenants, seed, layouts);
    return { ...plain, ...tables, operations: operationsByKey(operations, layouts) };
  }
  return {
    ...plain,
    rows: yield* rowSteps(tenants.bytes, scenario.data, seed, rowLimit),
    columns: scenario.schema.columns,
  };
}

function* tableSteps(
  set: TableSet,
  tenants: Tenants,
  seed: number,
  layouts: ReadonlyMap<string, Layout>,
): Steps<Required<Pick<Workload, 'rows' | 'columns' | 'tables'>>> {
  const loaded = yield* tableRowSteps(set, tenants, seed);
  return { rows: noRows(tenants.count), columns: [], tables: { set, loaded, layouts } };
}

/** Of the one table of the short form, which a scenario with many does not have. */
function noRows(tenants: number): Rows {
  const none = new Uint32Array(0);
  const starts = new Uint32Array(tenants + 1);
  return { count: 0, standsFor: 1, tenantOf: none, starts, order: none };
}
