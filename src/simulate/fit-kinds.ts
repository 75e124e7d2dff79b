import { present } from '../base/assert.ts';
import { mean } from '../base/statistics/moments.ts';
import type { RowDependence, Simulation } from '../scenario/simulation-types.ts';
import type { Operation } from '../scenario/types.ts';
import type { ObservedCell } from './observed-cell.ts';
import { rowsBefore } from './row-factors.ts';
import { type CellLoad, shardRows, type SimulatedRouting, simulateCell } from './simulated-cell.ts';

/** A measured cell with the arrivals that it was measured with. */
export interface Observation {
  readonly cell: ObservedCell;
  readonly routing: SimulatedRouting;
  readonly load: CellLoad;
}

/** By name of the operation: which part of its time is proportional to the rows of the shard. */
export type Kinds = Readonly<Record<string, RowDependence>>;

/** Counts of rows that are closer than this say nothing of what rows do, and need not. */
export const sameRows = 1.25;
const rounds = 6;
const closeEnough = 0.01;
/** Two runs on one machine differ by less, unless the model is still far from either. */
const driftMost = 1.5;

/** Rows that a query of each operation has before it in an observed cell, on average. */
export function meanRows({ routing, load }: Omit<Observation, 'cell'>): number[] {
  const rows = shardRows(routing, load.workload);
  return load.workload.operations.map((operation) => mean(rowsBefore(operation, routing, rows)));
}

/**
 * service time = fixed + per row x rows, for each operation: the part that is per row, such that
 * the other cells come out of the simulation as they were measured. An operation that no other cell
 * saw before another number of rows has a share of null.
 *
 * @param primary the cell that the simulation was fitted to
 */
export async function fitKinds(
  primary: Omit<Observation, 'cell'>,
  simulation: Simulation,
  others: readonly Observation[],
): Promise<Kinds> {
  const { operations } = primary.load.workload;
  const stated = meanRows(primary);
  const seen = others.map((other) => ({ other, times: timesOf(meanRows(other), stated) }));
  const useful = seen.filter(({ times }) => times.some((each) => isOther(each)));
  const known = operations.map(({ name }, i) =>
    useful.some(
      ({ other, times }) => isOther(times[i] ?? 1) && medianOf(other.cell, name) !== null,
    ),
  );
  let shares = operations.map(() => 0);
  for (let round = 0; round < rounds && known.includes(true); round += 1) {
    const kinds = kindsOf(operations, stated, shares);
    const points = operations.map((): Point[] => []);
    for (const { other, times } of useful) {
      const found = await simulatedAs(other, withKinds(simulation, kinds));
      const ratios = operations.map(({ name }) => ratioOf(other.cell, found, name));
      const drift = driftOf(ratios, times);
      for (const [i, own] of points.entries()) {
        const [ratio, at, share] = [ratios[i] ?? null, times[i] ?? 1, shares[i] ?? 0];
        if (ratio === null || !isOther(at)) continue;
        own.push({ at, took: ((1 - share + share * at) * ratio) / drift });
      }
    }
    const next = points.map(shareOf);
    const moved = Math.max(...next.map((share, i) => Math.abs(share - (shares[i] ?? 0))));
    shares = next;
    if (moved < closeEnough) break;
  }
  return kindsOf(
    operations,
    stated,
    shares.map((share, i) => (known[i] === true ? share : null)),
  );
}

/** The time before `at` times the stated rows, in stated times. */
interface Point {
  readonly at: number;
  readonly took: number;
}

/** Least squares of the relative errors of 1 + share x (at - 1), from 0 to 1. */
export function shareOf(points: readonly Point[]): number {
  let above = 0;
  let below = 0;
  for (const { at, took } of points) {
    above += ((at - 1) * (took - 1)) / took ** 2;
    below += ((at - 1) / took) ** 2;
  }
  return below === 0 ? 0 : Math.min(1, Math.max(0, above / below));
}

const isOther = (times: number): boolean => Math.abs(Math.log(times)) > Math.log(sameRows);

const timesOf = (rows: readonly number[], stated: readonly number[]): number[] =>
  rows.map((own, i) => own / (stated[i] ?? own));

function kindsOf(
  operations: readonly Operation[],
  stated: readonly number[],
  shares: readonly (number | null)[],
): Kinds {
  return Object.fromEntries(
    operations.map(({ name }, i) => [name, { share: shares[i] ?? null, rows: stated[i] ?? null }]),
  );
}

/** The simulation with these kinds; operations without a service time of their own get one. */
export function withKinds(simulation: Simulation, kinds: Kinds): Simulation {
  const operations = Object.entries(kinds).map(([name, scan]) => {
    const time = simulation.operations[name] ?? simulation.service;
    return [name, { ...time, scan }] as const;
  });
  return { ...simulation, operations: Object.fromEntries(operations) };
}

function simulatedAs({ routing, load }: Observation, simulation: Simulation) {
  return simulateCell(routing, { ...load, scenario: { ...load.scenario, simulation } });
}

/** Measured / simulated; null where one of the two is not known. */
function ratioOf(
  measured: ObservedCell,
  simulated: ObservedCell,
  operation: string,
): number | null {
  const own = medianOf(measured, operation);
  const other = own === null ? null : medianOf(simulated, operation, own.of);
  return own === null || other === null ? null : own.ms / other.ms;
}

/** Of service times, which have less of the queue in them, or of responses in older results. */
function medianOf(
  { operations }: ObservedCell,
  operation: string,
  of?: 'service' | 'response',
): { readonly ms: number; readonly of: 'service' | 'response' } | null {
  const found = operations.find((each) => each.operation === operation);
  const service = found?.serviceMs?.p50 ?? null;
  if (service !== null && service > 0 && of !== 'response') return { ms: service, of: 'service' };
  const response = found?.responseMs.ok.p50 ?? null;
  return response === null || response <= 0 ? null : { ms: response, of: 'response' };
}

/** What all times of another run are longer by: seen on operations that had the same rows. */
function driftOf(ratios: readonly (number | null)[], times: readonly number[]): number {
  const logs = ratios.flatMap((ratio, i) =>
    ratio === null || isOther(present(times[i], 'operation')) ? [] : [Math.log(ratio)],
  );
  if (logs.length === 0) return 1;
  return Math.min(driftMost, Math.max(1 / driftMost, Math.exp(mean(logs))));
}
