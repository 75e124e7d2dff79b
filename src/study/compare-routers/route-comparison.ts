import { routeNs } from '../../host/route-cost.ts';
import type { Report } from '../../host/quiet-progress.ts';
import { retainedBytes } from '../../host/retained-bytes.ts';
import type { RouterComparison, RouterCost } from '../../result/router-comparison.ts';
import { shardsMax } from '../../router/build-router.ts';
import type { RouterTopology } from '../../router/contract.ts';
import type { Topology } from '../../scenario/types.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import { assumedDrift } from './assumed-drift.ts';
import { comparisonOf, comparisonPlan, type MeasuredRouter } from './compare-routers.ts';
import { runTasks } from './compare-workers.ts';

/** What to compare the routers for; undefined: as the scenario says, or the default. */
export interface RouteComparisonChoices {
  readonly shards?: number;
  /** Placements of each band. */
  readonly samples?: number;
  readonly seed?: string;
  /** sigma of the drift. */
  readonly drift?: string;
  /** A later file of the tenants' weights. */
  readonly later?: string;
}

/** Every router is also built for one shard more. */
export const comparedShardsMax = shardsMax - 1;

const lookupBudgetMs = 25;
const memoryBudgetMs = 45;
/** Share of the time until all is placed; measuring costs takes the rest. */
const placedFraction = 0.75;

/** All routers over the tenants of a scenario. `begin` starts a new stretch of progress. */
export async function compare(
  path: string,
  choices: RouteComparisonChoices,
  begin: () => { readonly report: Report; readonly end: () => void },
): Promise<RouterComparison> {
  const overrides = choices.seed === undefined ? {} : { seed: choices.seed };
  const loading = begin();
  const loaded = await loadScenario(path, overrides, loading.report).finally(loading.end);
  const topology = topologyFor(loaded.scenario.topology, choices.shards);
  const samples = choices.samples ?? null;
  const drift = await assumedDrift(loaded, choices);
  const plan = comparisonPlan(loaded, topology, samples, drift);
  const { report, end } = begin();
  const count = plan.tasks.length;
  const request = { path, overrides, topology, samples, drift };
  const results = await runTasks(request, count, (done) =>
    report('comparing routers', (placedFraction * done) / count),
  );
  // Afterwards: while workers run, nothing else can be timed.
  report('measuring look-ups and memory', placedFraction);
  const comparison = comparisonOf(loaded, plan, results, createCostOf());
  end();
  return comparison;
}

/** The scenario's weights belong to its own number of shards; others are equal. */
function topologyFor({ shards, weights }: Topology, asked: number | undefined): RouterTopology {
  if (asked === undefined || asked === shards) return { shardCount: shards, weights };
  return { shardCount: asked, weights: Array.from({ length: asked }, () => 1) };
}

/** What a router holds depends on the keys only where it is built from them: measured once. */
function createCostOf(): (measured: MeasuredRouter) => RouterCost {
  const memory = new Map<string, number | null>();
  return ({ candidate, router, make, keys }) => {
    const { definition, spec } = candidate;
    const keyed = definition.traits.placesKnownKeys;
    const identity = JSON.stringify([spec, keyed ? keys.shardKey : null]);
    const bytes = memory.get(identity) ?? positive(retainedBytes(make, memoryBudgetMs));
    memory.set(identity, bytes);
    return { memoryBytes: bytes, lookupNs: positive(routeNs(router, keys.known, lookupBudgetMs)) };
  };
}

const positive = (value: number): number | null => (value > 0 ? value : null);
