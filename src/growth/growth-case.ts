import { present } from '../base/assert.ts';
import type { Placed } from '../placement/movement.ts';
import type { ArrivalProcess, Scenario, Strategy } from '../scenario/types.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import type { Workload } from '../workload/types.ts';
import {
  type DatabaseCapacity,
  databaseCapacity,
  type StatedCapacity,
} from './database-capacity.ts';
import { meanWeight } from './demand.ts';
import { drawFutures, type Futures } from './futures.ts';
import { drawNewTenants, type NewTenants } from './new-tenants.ts';

/** What is asked: how a workload grows along a path of shard counts, under each strategy. */
export interface GrowthCase {
  readonly scenario: Scenario;
  readonly workload: Workload;
  readonly plan: ArrivalPlan;
  /** The scenario's file, for commands that are to be copied. */
  readonly path: string;
  /** What a shard takes, from the command line or results; null: what the scenario says. */
  readonly stated: StatedCapacity | null;
  /** Placements that each row of a router with a hash stands for. */
  readonly placements: number;
  /** Not empty; the first placement of each has the present topology. */
  readonly strategies: readonly GrowthStrategy[];
}

export interface GrowthStrategy {
  readonly strategy: Strategy;
  /** The present one and then each step of the path, every router built from the one before. */
  readonly placements: readonly Placed[];
  /** growth.present says which placement there is: no other one is to be expected. */
  readonly isKnown: boolean;
}

/** What every part of the answer needs. */
export interface GrowthContext {
  readonly scenario: Scenario;
  readonly placements: number;
  readonly path: string;
  readonly workload: Workload;
  readonly plan: ArrivalPlan;
  readonly database: DatabaseCapacity;
  readonly futures: Futures;
  readonly newTenants: NewTenants;
  readonly now: {
    readonly shards: number;
    /** Operations a second at the peak. */
    readonly qps: number;
    readonly bytes: number;
    /** topology.weights of the mean shard. */
    readonly unitWeight: number;
  };
}

/** The case with what follows from it. */
export function growthContext({
  scenario,
  path,
  workload,
  plan,
  stated,
  placements,
  strategies,
}: GrowthCase): GrowthContext {
  const [first] = present(strategies[0], 'strategy to grow').placements;
  const { now: stating } = scenario.growth;
  const { weights } = present(first, 'present topology').topology;
  const now = {
    shards: shardsInUse(weights),
    unitWeight: meanWeight(weights),
    qps: stating.loadPerSecond ?? peakPerSecond(scenario.arrivals),
    bytes: stating.bytes ?? scenario.data.totalBytes,
  };
  return {
    scenario,
    placements,
    path,
    workload,
    plan,
    database: databaseCapacity(scenario.capacity, stated),
    futures: drawFutures(scenario.growth, scenario.seed),
    newTenants: drawNewTenants(scenario, workload),
    now,
  };
}

/** Shards that take keys. */
export function shardsInUse(weights: readonly number[]): number {
  return weights.filter((weight) => weight > 0).length;
}

/** What must be carried is the highest rate. */
export function peakPerSecond(arrivals: ArrivalProcess): number {
  switch (arrivals.process) {
    case 'constant':
    case 'poisson':
      return arrivals.ratePerSecond;
    case 'burst':
      return Math.max(arrivals.onPerSecond, arrivals.offPerSecond);
    case 'ramp':
      return Math.max(arrivals.fromPerSecond, arrivals.toPerSecond);
  }
}
