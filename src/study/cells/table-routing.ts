import { present } from '../../base/assert.ts';
import type { Steps } from '../../base/steps.ts';
import { largestShare, writePlacement } from '../../placement/write-placement.ts';
import { overlayNotes } from '../../router/overlays/overlay-notes.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import { type CellTables, cellTables } from '../../traffic/tables/cell-tables.ts';
import { tablePlan } from '../../traffic/tables/table-plan.ts';
import { tableRouters } from '../../traffic/tables/table-routers.ts';
import { isTenantKey } from '../../workload/tenant-key.ts';
import { layoutOf } from '../../workload/tables/table-writes.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';
import { type CellRouting, noPlacement } from './cell-routing.ts';
import type { CellSpec } from './cell-specs.ts';
import type { PlacedKeys } from './placed-keys.ts';
import { tableNotes } from './table-notes.ts';

/** How a cell routes a scenario with tables: the baseline has all of them on one shard. */
export function* tableRoutingSteps(
  spec: CellSpec,
  loaded: LoadedScenario,
  keys: PlacedKeys,
): Steps<CellRouting> {
  const { scenario, workload } = loaded;
  if (spec.strategy === null) {
    const layout = present(layoutOf(workload, 'single'), 'layout on one shard');
    const tables = cellTables(workload, layout, { shardCount: 1, main: null, own: new Map() });
    return { ...routingOf(tables), keyName: null, placement: noPlacement };
  }
  const strategy = routerSpec(spec.strategy, loaded);
  const topology = topologyOf(scenario.topology, spec.shardCount);
  const layout = present(layoutOf(workload, strategy.key), 'layout');
  const { known } = keys.of(strategy);
  const routers = tableRouters(strategy, topology, workload, layout, known);
  const writes = yield* keys.writes(strategy);
  const all = [routers.main, ...routers.own.values()];
  const of = isTenantKey(workload, strategy.key) ? 'load' : 'rows';
  const overlay = routers.main === null ? [] : overlayNotes(strategy, known, routers.main, of);
  return {
    ...routingOf(cellTables(workload, layout, routers)),
    keyName: strategy.key,
    notes: [...overlay, ...(spec.shardCount === 1 ? [] : tableNotes(workload, layout, writes))],
    placement: writePlacement(strategy, topology, known, writes),
    warnings: all.flatMap((router) => router?.warnings ?? []),
    topKeyShare: largestShare(writes.counts),
  };
}

/** What follows from where the tables lie; the rest as on one shard. */
function routingOf(tables: CellTables): Omit<CellRouting, 'keyName' | 'placement'> {
  return {
    plan: tablePlan(tables.trace()),
    tables,
    lookup: null,
    shardOf: () => 0,
    splitBy: null,
    notes: [],
    warnings: [],
    topKeyShare: null,
  };
}
