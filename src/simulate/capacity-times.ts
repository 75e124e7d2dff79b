import type { ServiceTime, Simulation } from '../scenario/simulation-types.ts';
import { serviceMeanNs } from './service-time.ts';

/** An operation of the mix and the work that it is. */
export interface SimulatedWork {
  readonly name: string;
  /** Of all operations. */
  readonly share: number;
  /** Work of one execution on a database that holds everything; the mix's mean is 1. */
  readonly cost: number;
  /** Times as long on each of its shards, where a simulated shard would do more of it, or less. */
  readonly factor: number;
}

/**
 * Shards of which each takes just so many operations of the mix a second, as a stated capacity has
 * it: of the scenario's own service times the shape stays, and as nearly as whole servers allow
 * also the mean. A shard has as many servers as its capacity needs at these times, and the times
 * are then scaled so that servers / mean time is the capacity; what an operation costs decides how
 * its time is to the others'. Quotas, shared cores and slow shards are left out: they would take
 * from a capacity that is stated as a whole.
 */
export function simulationAt(
  simulation: Simulation,
  work: readonly SimulatedWork[],
  capacityQps: number,
): Simulation {
  const timeOf = (name: string): ServiceTime => simulation.operations[name] ?? simulation.service;
  const meanNs = work.reduce(
    (sum, { name, share }) => sum + share * serviceMeanNs(timeOf(name)),
    0,
  );
  const servers = Math.min(serversMost, Math.max(1, Math.round((capacityQps * meanNs) / 1e9)));
  const wholeNs = (servers * 1e9) / capacityQps;
  const operations = work.map(({ name, cost, factor }) => {
    const time = timeOf(name);
    return [name, scaled(time, (wholeNs * cost * factor) / serviceMeanNs(time))] as const;
  });
  const alone = { cores: null, slow: [], quota: false };
  return { ...simulation, ...alone, servers, operations: Object.fromEntries(operations) };
}

const serversMost = 1000;

/** So many times as long on every shard. */
function scaled(given: ServiceTime, by: number): ServiceTime {
  const { scan: _, ...time } = given;
  switch (time.kind) {
    case 'constant':
      return { ...time, ms: time.ms * by };
    case 'exponential':
    case 'lognormal':
      return { ...time, meanMs: time.meanMs * by };
    case 'histogram':
      return { ...time, factor: time.factor * by };
  }
}
