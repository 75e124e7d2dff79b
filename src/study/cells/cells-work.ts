import {
  cellPlacements,
  type CellPlacements,
  cellWork,
  singlePlacement,
} from '../../growth/cell-work.ts';
import type { Cell } from '../../result/types.ts';
import type { OperationCost } from '../../scenario/growth-types.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';
import type { CellSpec } from './cell-specs.ts';
import type { PlacedKeys } from './placed-keys.ts';

type Placed = CellPlacements & { readonly scans: boolean };

/** What the shards of each cell have to do, and how many databases' work they can do. */
export class CellsWork {
  private readonly loaded: LoadedScenario;
  private readonly keys: PlacedKeys;
  /**
   * Routing for a band takes a good part of a second, and the document is made after every cell.
   */
  private readonly placed = new Map<CellSpec, Placed>();

  constructor(loaded: LoadedScenario, keys: PlacedKeys) {
    this.loaded = loaded;
    this.keys = keys;
  }

  /** The cell with the work of its shards; as it is where nothing was measured. */
  added(spec: CellSpec, cell: Cell, costs: readonly OperationCost[]): Cell {
    if (cell.status !== 'ok') return cell;
    // Whether an operation is a scan may show only when other cells have been measured.
    const scans = costs.some(({ scan }) => scan);
    const before = this.placed.get(spec);
    const placed = before?.scans === scans ? before : { ...this.placementsOf(spec, scans), scans };
    this.placed.set(spec, placed);
    return { ...cell, work: cellWork(this.loaded.workload, placed, costs, cell.shards) };
  }

  private placementsOf({ strategy, shardCount }: CellSpec, scans: boolean): CellPlacements {
    const { loaded, keys } = this;
    if (strategy === null) return singlePlacement(loaded.workload);
    const topology = topologyOf(loaded.scenario.topology, shardCount);
    const spec = routerSpec(strategy, loaded);
    return cellPlacements(loaded, spec, keys.of(strategy), topology, scans);
  }
}
