import type { Cost } from '../scenario/growth-types.ts';
import type { OperationWork } from './demand.ts';
import { type MonthlyCost, monthlyCost } from './monthly-cost.ts';

/** What else could be had instead of shards, with its bill. */
export interface InstanceRemedy {
  readonly kind: 'larger-instance' | 'read-replicas';
  /** Times the machine, or replicas that answer reads. */
  readonly count: number;
  /** What it takes of this mix, as a multiple of the present instance. */
  readonly capacityFactor: number;
  readonly bill: MonthlyCost;
}

/** The next larger machine of most lists of prices has twice of everything, at twice the price. */
const largerTimes = 2;
/** So many streams one primary feeds without cascades. */
const replicasMost = 15;
/** Of what any number of replicas could add: more of them are not worth their price. */
const worthwhile = 0.9;

export interface RemedyCase {
  readonly cost: Cost;
  readonly mix: readonly OperationWork[];
  readonly bytes: number;
  /** Capacity that is needed, as a multiple of the instance's; null: what it takes is not known. */
  readonly wantedFactor: number | null;
}

/** A larger instance, and replicas where something only reads. */
export function instanceRemedies(asked: RemedyCase): InstanceRemedy[] {
  const { cost, mix, bytes, wantedFactor } = asked;
  const one = { databases: 1, bytes, fromOneInstance: true };
  const { value, spread } = cost.instance;
  const machine = { value: largerTimes * value, spread: largerTimes * spread };
  const larger: InstanceRemedy = {
    kind: 'larger-instance',
    count: largerTimes,
    capacityFactor: largerTimes,
    bill: monthlyCost({ ...cost, instance: machine }, one),
  };
  const reads = readWork(mix);
  if (reads === 0) return [larger];
  const count = replicasFor(reads, wantedFactor);
  const replicas = cost.replicas + count;
  return [
    larger,
    {
      kind: 'read-replicas',
      count,
      capacityFactor: withReplicas(reads, count),
      bill: monthlyCost({ ...cost, replicas }, one),
    },
  ];
}

/** Share of the work that only reads. */
export function readWork(mix: readonly OperationWork[]): number {
  return mix.reduce((all, { kind, share, cost }) => all + (kind === 'read' ? share * cost : 0), 0);
}

/**
 * The primary has the writes alone; each replica does every write again, which is what replaying
 * costs at most, and its part of the reads: it is the fuller one.
 */
export function withReplicas(reads: number, count: number): number {
  return 1 / (1 - reads + reads / count);
}

/** As few as carry what is wanted, or those after which one more buys little. */
function replicasFor(reads: number, wantedFactor: number | null): number {
  const most = withReplicas(reads, replicasMost);
  const wanted = wantedFactor ?? Infinity;
  const least = wanted <= most ? wanted : 1 + worthwhile * (most - 1);
  let count = 1;
  while (count < replicasMost && withReplicas(reads, count) < least * (1 - 1e-9)) count += 1;
  return count;
}
