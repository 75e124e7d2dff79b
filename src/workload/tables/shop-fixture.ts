import type { TableSet } from '../../scenario/table-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { shopOperations, shopTables } from '../../scenario/tables-fixture.ts';
import type { Scenario } from '../../scenario/types.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import type { Workload } from '../types.ts';
import { buildWorkload } from '../workload.ts';

/** The shop of scenario/tables-fixture.ts, with rows; `change` makes other tables of its own. */
export function shopWorkload(
  changes: Partial<Scenario> = {},
  change: (set: TableSet) => TableSet = (set) => set,
): Workload {
  const scenario = tinyScenario({
    tenants: { distribution: 'zipf', exponent: 0.8, count: 60, idType: 'int8' },
    tables: change(shopTables),
    operations: shopOperations,
    ...changes,
  });
  return buildWorkload(scenario, null, undefined, new Map([['tenant', tenantLayout]]));
}
