import { sum } from '../../base/statistics/moments.ts';
import { atTheStart } from '../../workload/phases.ts';
import { rowsOf } from '../../workload/rows.ts';
import { expectedArrivals } from '../../workload/schedule.ts';
import { expectedTableRows } from '../../workload/tables/row-counts.ts';
import type { ReadScenario } from './load-scenario.ts';

/** What it costs to draw a scenario's rows and arrivals, estimated without drawing one. */
export interface DrawingCost {
  readonly rows: number;
  readonly expected: { readonly warmup: number; readonly measure: number };
  readonly tenantsMs: number;
  readonly rowsMs: number;
  readonly arrivalsMs: number;
  readonly totalMs: number;
}

// Measured on two cores at 2.5 GHz.
const [tenantMs, rowMs, arrivalMs] = [0.2e-3, 0.12e-3, 0.25e-3];
/** Of a line in a file of tenants, at least. */
const tenantBytes = 8;

export function drawingCost({
  scenario,
  tenants,
  rowLimit,
}: Pick<ReadScenario, 'scenario' | 'tenants' | 'rowLimit'>): DrawingCost {
  const { data, arrivals, durationMs, warmupMs } = scenario;
  const count =
    scenario.tenants.distribution === 'file'
      ? (tenants?.text.length ?? 0) / tenantBytes
      : scenario.tenants.count;
  const rows =
    scenario.tables === undefined
      ? Math.min(rowLimit, rowsOf(data))
      : sum(expectedTableRows(scenario.tables, count));
  const expected = {
    measure: expectedArrivals(arrivals, durationMs),
    warmup: expectedArrivals(atTheStart(arrivals), warmupMs),
  };
  const tenantsMs = count * tenantMs;
  const rowsMs = rows * rowMs;
  const arrivalsMs = (expected.measure + expected.warmup) * arrivalMs;
  const totalMs = tenantsMs + rowsMs + arrivalsMs;
  return { rows, expected, tenantsMs, rowsMs, arrivalsMs, totalMs };
}
