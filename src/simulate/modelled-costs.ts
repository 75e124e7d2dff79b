import { sum } from '../base/statistics/moments.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { ServiceTime } from '../scenario/simulation-types.ts';
import type { Scenario } from '../scenario/types.ts';
import { storedRows } from '../workload/tables/stored-tables.ts';
import type { Workload } from '../workload/types.ts';
import { rowFactor } from './row-factors.ts';
import { serviceMeanNs } from './service-time.ts';

/** A time of which more follows the rows is a scan's. */
const scanFrom = 0.5;

/**
 * What operations cost in a simulation: the means of its own service times, where everything is on
 * one database, relative to that of the mix. No cell enters it, so that what is simulated besides
 * changes nothing. What the scenario gives itself stays.
 */
export function modelledCosts(
  { capacity, operations, simulation }: Scenario,
  workload: Pick<Workload, 'rows' | 'tables'>,
): readonly OperationCost[] {
  const all = storedRows(workload);
  const timeOf = (name: string): ServiceTime => simulation.operations[name] ?? simulation.service;
  const meanNs = (name: string): number => {
    const { scan, ...time } = timeOf(name);
    return serviceMeanNs(time) * (scan === undefined ? 1 : rowFactor(scan, all, all));
  };
  const given = new Map(
    capacity.operations.filter(({ source }) => source === undefined).map((one) => [one.name, one]),
  );
  const open = operations.filter(({ name }) => !given.has(name));
  const weights = sum(open.map(({ weight }) => weight));
  const mean = sum(open.map(({ name, weight }) => weight * meanNs(name))) / weights;
  return operations.map(({ name }): OperationCost => {
    const cost = meanNs(name) / mean;
    const scan = (timeOf(name).scan?.share ?? 0) > scanFrom;
    return given.get(name) ?? { name, cost, scan, source: 'measured', interval: null };
  });
}
