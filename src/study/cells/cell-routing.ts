import type { Steps } from '../../base/steps.ts';
import { routePlan, shardOfRow, singlePlan } from '../../traffic/route-plan.ts';
import type { CellTables } from '../../traffic/tables/cell-tables.ts';
import type { CellFacts } from '../../metrics/cell-metrics.ts';
import { largestShare, writePlacement } from '../../placement/write-placement.ts';
import { buildRouter } from '../../router/build-router.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { overlayNotes } from '../../router/overlays/overlay-notes.ts';
import { canCrossShards } from '../../workload/classify.ts';
import type { LookupCell } from '../run/cell-lookup.ts';
import type { CellSpec } from './cell-specs.ts';
import type { PlacedKeys } from './placed-keys.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import type { SimulatedRouting } from '../../simulate/simulated-cell.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';
import { tableRoutingSteps } from './table-routing.ts';

/** How a cell routes: everything that follows from its strategy. */
export interface CellRouting extends SimulatedRouting {
  /** What looking up needs; null where the router is at hand. */
  readonly lookup: Pick<LookupCell, 'lookup' | 'key' | 'router'> | null;
  /** Which keys are pinned or split. */
  readonly notes: readonly Fact[];
  readonly warnings: readonly string[];
  /** Share of the keyed writes that the largest value of the shard key has. */
  readonly topKeyShare: number | null;
  /** Where the scenario's tables lie; null in the short form of one table. */
  readonly tables: CellTables | null;
}

export const noPlacement: CellFacts['placement'] = {
  idealMaxOverMean: 1,
  tenantFloor: 1,
  band: null,
};

/** In pieces: with millions of arrivals it takes seconds to say which keys they write. */
export function* routingSteps(
  spec: CellSpec,
  loaded: LoadedScenario,
  keys: PlacedKeys,
): Steps<CellRouting> {
  const { scenario, workload } = loaded;
  if (workload.tables !== undefined) return yield* tableRoutingSteps(spec, loaded, keys);
  if (spec.strategy === null) {
    return {
      keyName: null,
      plan: singlePlan(workload.operations),
      lookup: null,
      shardOf: () => 0,
      splitBy: null,
      notes: [],
      placement: noPlacement,
      warnings: [],
      topKeyShare: null,
      tables: null,
    };
  }
  const strategy = routerSpec(spec.strategy, loaded);
  const topology = topologyOf(scenario.topology, spec.shardCount);
  const key = keys.of(strategy);
  const { name: keyName, known, split } = key;
  const router = buildRouter(strategy, topology, known.type, known);
  const writes = yield* keys.writes(strategy);
  const column = scenario.schema.columns.find(({ name }) => name === keyName);
  const of = column?.generator.kind === 'tenant' ? 'load' : 'rows';
  return {
    keyName,
    plan: routePlan(workload, router, keyName, split),
    lookup: strategy.lookup ? { lookup: strategy.lookup, key, router } : null,
    shardOf: shardOfRow(workload, router, keyName, split),
    splitBy: split?.by ?? null,
    notes: overlayNotes(strategy, known, router, of),
    placement: writePlacement(strategy, topology, known, writes),
    warnings: router.warnings ?? [],
    topKeyShare: largestShare(writes.counts),
    tables: null,
  };
}

/** What a person should know of a cell beside its numbers. */
export function notesOf(
  spec: CellSpec,
  { warnings, notes: own, splitBy }: CellRouting,
  { workload }: LoadedScenario,
): Fact[] {
  const notes: Fact[] = [...warnings.map(routerWarning), ...own];
  const key = spec.strategy?.key;
  if (key === undefined || spec.shardCount === 1 || workload.tables !== undefined) return notes;
  for (const operation of workload.operations) {
    if (!canCrossShards(operation, key, splitBy)) continue;
    const isOfKey = splitBy === null || canCrossShards(operation, key);
    notes.push(
      fact(isOfKey ? 'operation-on-several-shards' : 'operation-on-several-pieces', {
        severity: 'warning',

        names: { operation: operation.name, column: isOfKey ? key : splitBy },
      }),
    );
  }
  return notes;
}

/** Routers warn in their own words: some of them are the user's. */
function routerWarning(warning: string): Fact {
  return fact('router-warning', { severity: 'warning', names: { warning } });
}
