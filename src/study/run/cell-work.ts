import {
  cellPlacements,
  type CellPlacements,
  cellWork,
  singlePlacement,
} from '../../growth/cell-work.ts';
import type { Cell } from '../../result/types.ts';
import type { OperationCost } from '../../scenario/growth-types.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import type { CellSpec } from './cells.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';

/** Routing for a band takes a good part of a second, and the document is made after every cell. */
const placed = new WeakMap<CellSpec, CellPlacements & { readonly scans: boolean }>();

/** The cell with the work of its shards; as it is where nothing was measured. */
export function withWork(
  spec: CellSpec,
  cell: Cell,
  loaded: LoadedScenario,
  costs: readonly OperationCost[],
): Cell {
  if (cell.status !== 'ok') return cell;
  // Whether an operation is a scan may show only when other cells have been measured.
  const scans = costs.some(({ scan }) => scan);
  const before = placed.get(spec);
  const placements =
    before?.scans === scans ? before : { ...placementsOf(spec, loaded, scans), scans };
  placed.set(spec, placements);
  return { ...cell, work: cellWork(loaded.workload, placements, costs, cell.shards) };
}

function placementsOf(
  { strategy, shardCount }: CellSpec,
  loaded: LoadedScenario,
  scans: boolean,
): CellPlacements {
  if (strategy === null) return singlePlacement(loaded.workload);
  const topology = topologyOf(loaded.scenario.topology, shardCount);
  return cellPlacements(loaded, routerSpec(strategy, loaded), topology, scans);
}
