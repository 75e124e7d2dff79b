import { comparedKey, type ComparedKey, withSplitLoad } from '../../placement/compared-key.ts';
import { comparedShardKey } from '../../placement/compared-router.ts';
import {
  attempt,
  type GrowthStep,
  inOtherUnits,
  movementOver,
  nextStep,
  placementOver,
  refusalReasons,
} from '../../placement/comparison.ts';
import { type DriftFactors, placementAfterDrift } from '../../placement/drift.ts';
import { tenantLoad } from '../../placement/tenant-load.ts';
import { cutDraws, movementDraws, placementDraws } from '../../placement/draw-budget.ts';
import { routerCandidates, type RouterCandidate } from '../../placement/router-candidates.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type {
  AssumedDrift,
  ComparedKeyFacts,
  ComparedMovement,
  ComparedPlacement,
  DriftedPlacement,
  RouterComparison,
  RouterCost,
} from '../../result/router-comparison.ts';
import { buildRouter } from '../../router/build-router.ts';
import type { Router, RouterTopology } from '../../router/contract.ts';
import { routers } from '../../router/registry.ts';
import { worded } from '../../wording/worded.ts';
import type { TenantWrites } from '../../workload/key-usage.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

/** All that is to be compared: one task for each shard key and router. */
export interface ComparisonPlan {
  readonly step: GrowthStep;
  readonly keys: readonly ComparedKey[];
  readonly tasks: readonly ComparisonTask[];
  readonly drift: AssumedDrift;
  /** Placements that a band is over; null: up to 1,000, fewer with many keys. */
  readonly samples: number | null;
}

export interface ComparisonTask {
  /** One of the plan's, for which the candidate's own load may differ. */
  readonly shardKey: string;
  readonly key: ComparedKey;
  /** Its load by tenant; null where that is not known. */
  readonly tenantLoad: TenantWrites | null;
  readonly candidate: RouterCandidate;
}

/** What a task found, plain data that can be sent from another thread. */
export type TaskResult =
  | { readonly problems: readonly string[] }
  | {
      readonly placement: Pick<ComparedPlacement, 'maxOverMean' | 'band'>;
      readonly movement: { readonly value: ComparedMovement } | { readonly problem: string };
      readonly afterDrift: DriftedPlacement | null;
    };

/** A router whose cost is to be measured over the loaded keys; `make` builds others like it. */
export interface MeasuredRouter {
  readonly candidate: RouterCandidate;
  readonly router: Router;
  readonly make: (index: number) => Router;
  readonly keys: ComparedKey;
}

/** Every router for every shard key of the scenario's strategies. */
export function comparisonPlan(
  { scenario, workload, plan, ownRouters }: LoadedScenario,
  topology: RouterTopology,
  samples: number | null,
  drift: AssumedDrift,
): ComparisonPlan {
  const names = [...new Set(scenario.strategies.map(({ key }) => key))];
  const keys = names.map((name) => comparedKey(workload, plan, name, scenario.data.rowBytes));
  const all = [...routers, ...ownRouters.values()];
  const tasks = keys.flatMap((key) => {
    const plain = tenantLoad(key, workload, plan, null);
    return routerCandidates(key.shardKey, scenario.strategies, all).map((candidate) => {
      const own = withSplitLoad(key, workload, plan, candidate.spec);
      const tenants = own === key ? plain : tenantLoad(key, workload, plan, candidate.spec);
      const { shardKey } = key;
      return { shardKey, key: own, tenantLoad: tenants, candidate: withOwn(candidate, ownRouters) };
    });
  });
  return { step: nextStep(topology), keys, tasks, samples, drift };
}

/** With the definition of a router that the registry does not have. */
function withOwn(
  candidate: RouterCandidate,
  ownRouters: LoadedScenario['ownRouters'],
): RouterCandidate {
  const definition = ownRouters.get(candidate.spec.router);
  return definition === undefined
    ? candidate
    : { ...candidate, spec: { ...candidate.spec, definition } };
}

/** For the placement, and for the movement, of one router and one shard key. */
const limitMs = 2000;
const few = 5;

/**
 * Places, drifts and moves; `factors` are those of the plan, `cpuMs` is time that was computed,
 * from any origin.
 */
export function runTask(
  { step, samples }: ComparisonPlan,
  { key, candidate, tenantLoad: load }: ComparisonTask,
  factors: DriftFactors,
  cpuMs: () => number,
): TaskResult {
  const problems = refusalReasons(candidate.spec, step, key);
  if (problems.length > 0) return { problems };
  const place = (draws: number) => placementOver(candidate, step.now, key, draws);
  const move = (draws: number) => attempt(() => movementOver(candidate, step, key, draws));
  const moves = movementDraws(candidate, key);
  const drifted = (draws: number) =>
    load && placementAfterDrift(candidate, step.now, key, load, factors, draws);
  const found = attempt(() => {
    const placement = place(samples ?? affordable(place, placementDraws(candidate, key), cpuMs));
    return {
      placement,
      movement: move(affordable(move, Math.min(samples ?? moves, moves), cpuMs)),
      afterDrift: drifted(placement.band?.draws ?? factors.draws),
    };
  });
  return 'problem' in found ? { problems: [found.problem] } : found.value;
}

/** The draws, or fewer where they would take too long, which a few of them tell. */
function affordable(work: (draws: number) => unknown, draws: number, cpuMs: () => number): number {
  const msOf = (count: number): number => {
    const start = cpuMs();
    work(count);
    return (cpuMs() - start) / count;
  };
  if (draws <= few) return draws;
  // The first one includes compilation.
  const first = msOf(1);
  return cutDraws(draws, first * draws <= limitMs ? first : msOf(few), limitMs);
}

/** The document, from the results of the tasks in their order. */
export function comparisonOf(
  { scenario, plan: { digest } }: LoadedScenario,
  { step, keys, tasks, drift }: ComparisonPlan,
  results: readonly TaskResult[],
  costOf: (measured: MeasuredRouter) => RouterCost,
): RouterComparison {
  const done = tasks.flatMap((task, index) => {
    const result = results[index];
    return result === undefined ? [] : [{ ...task, result }];
  });
  const shardKeys = keys.map((key, index) => {
    const own = done.filter(({ shardKey }) => shardKey === key.shardKey);
    const named = own.filter(({ candidate }) => candidate.strategy !== null);
    const refused = own.flatMap(({ candidate: { name, strategy, spec }, result }) => {
      if (!('problems' in result)) return [];
      // Compared as the scenario has it, with the settings that a bare one lacks.
      const isNamed = named.some(({ candidate }) => candidate.spec.router === spec.router);
      if (strategy === null && isNamed) return [];
      const names = { router: name, problems: result.problems };
      const reason = fact('router-refused', { severity: 'warning', names });
      return [{ router: name, strategy, reason }];
    });
    const found = own.flatMap(({ candidate, result }) => {
      if ('problems' in result) return [];
      const measured = measuredRouter(candidate, step, key);
      return [{ candidate, router: measured.router, ...result, cost: costOf(measured) }];
    });
    return wordedKey(comparedShardKey(key, step, found, refused), index);
  });
  return {
    schema: 'shardlab/router-comparison/v2',
    scenario: scenario.name,
    seed: scenario.seed,
    arrivalsDigest: digest,
    shardCount: step.now.shardCount,
    nextShardCount: step.next.shardCount,
    weights: step.now.weights,
    drift,
    shardKeys,
  };
}

/** With the sentences of what is said of its routers, and where they stand in the document. */
function wordedKey({ routers: compared, refused, ...key }: ComparedKeyFacts, index: number) {
  const say = (place: string) => (found: Fact) =>
    worded({ ...found, place: `/shardKeys/${index}/${place}` });
  return {
    ...key,
    routers: compared.map(({ notes, ...router }, at) => {
      return { ...router, notes: notes.map(say(`routers/${at}`)) };
    }),
    refused: refused.map(({ reason, ...router }, at) => {
      return { ...router, reason: say(`refused/${at}`)(reason) };
    }),
  };
}

function measuredRouter(
  candidate: RouterCandidate,
  { now }: GrowthStep,
  keys: ComparedKey,
): MeasuredRouter {
  const build = (topology: RouterTopology) =>
    buildRouter(candidate.spec, topology, keys.known.type, keys.known);
  return {
    candidate,
    keys,
    router: build(now),
    make: (index) => build(inOtherUnits(now, index)),
  };
}
