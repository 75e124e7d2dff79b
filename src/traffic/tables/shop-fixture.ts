import type { Layout, OperationLayout, StatementLayout } from '../../scenario/layout-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { shopOperations, shopTables } from '../../scenario/tables-fixture.ts';
import type { Scenario } from '../../scenario/types.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { arrivalStream } from '../../workload/arrivals.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { measurePhase } from '../../workload/phases.ts';
import type { Workload } from '../../workload/types.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { type CellTables, cellTables } from './cell-tables.ts';
import { tableRouters } from './table-routers.ts';

export const [placeOrder, orderOfTenant, newest] = [0, 1, 2] as const;

const anywhere: StatementLayout = { fate: 'single', route: { to: 'any' }, locks: true };

/** Everything on one shard. */
export const singleLayout: Layout = {
  key: 'single',
  tables: tenantLayout.tables.map(({ table }) => ({
    table,
    placement: 'home',
    keyColumns: [],
    reason: 'stated',
  })),
  operations: shopOperations.map(
    ({ script }): OperationLayout => ({
      fate: 'single',
      runs: 'own',
      statements: (script?.statements ?? []).map(() => anywhere),
    }),
  ),
  lost: [],
};

/** A layout like that by tenant, of which some is otherwise. */
export function otherLayout(key: string, changes: Partial<Omit<Layout, 'key'>>): Layout {
  return { ...tenantLayout, ...changes, key };
}

export function shopScenario(changes: Partial<Scenario> = {}): Scenario {
  return tinyScenario({
    tables: shopTables,
    operations: shopOperations,
    tenants: { idType: 'int8', distribution: 'zipf', exponent: 0.8, count: 60 },
    ...changes,
  });
}

/** The shop's rows under its layouts by tenant and on one shard, and others. */
export function shopWorkload(
  layouts: readonly Layout[] = [],
  changes: Partial<Scenario> = {},
): Workload {
  const scenario = shopScenario(changes);
  const all = [tenantLayout, singleLayout, ...layouts];
  return buildWorkload(scenario, null, undefined, new Map(all.map((each) => [each.key, each])));
}

/** A layout of a workload on so many shards. */
export function shopTablesOn(
  workload: Workload,
  layout: Layout,
  shardCount: number,
  router = 'jump',
): CellTables {
  const spec = { router, parameter: null, hash: null, salt: '' };
  const topology = { shardCount, weights: Array.from({ length: shardCount }, () => 1) };
  const known = knownKeys(workload, layout.key);
  return cellTables(workload, layout, tableRouters(spec, topology, workload, layout, known));
}

interface ShopArrival {
  readonly operation: number;
  readonly tenant: number;
  readonly number: number;
}

/** The first arrivals of an operation. */
export function arrivalsOf(workload: Workload, operation: number, count: number): ShopArrival[] {
  const stream = arrivalStream(workload, measurePhase(workload, 0));
  const found: ShopArrival[] = [];
  while (found.length < count && stream.next()) {
    if (stream.operation !== operation) continue;
    found.push({ operation, tenant: stream.tenant, number: stream.row });
  }
  return found;
}
