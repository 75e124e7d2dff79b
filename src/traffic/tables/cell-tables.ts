import type { Layout } from '../../scenario/layout-types.ts';
import type { OperationTrace, TableRouters } from './trace.ts';

/** Where the tables of a scenario lie in one cell. */
export interface CellTables {
  readonly layout: Layout;
  readonly routers: TableRouters;
  /**
   * The shard of each row of a table by its number, loaded or new: -1 where it lies on all of them
   * (a reference table). The function allocates nothing.
   */
  shardOf(table: string): (row: number) => number;
  /** A trace of its own, for one thread of work: whoever routes and whoever sends have one each. */
  trace(): OperationTrace;
}
