import type { Router } from '../../router/contract.ts';
import type { Script } from '../../scenario/table-types.ts';
import type { ArrivalRows } from '../../workload/arrival-rows.ts';

/** Where the keys of a layout's tables go. */
export interface TableRouters {
  readonly shardCount: number;
  /** By the strategy's key; null where no table lies by it, as on one shard. */
  readonly main: Router | null;
  /** By the table's name: of those that lie by a key of their own. */
  readonly own: ReadonlyMap<string, Router>;
}

/**
 * What one arrival does under a layout: which statements run, in which order, how often and on
 * which shards. One object, opened for an arrival after another; opening the one that is open costs
 * nothing, so that whoever routes and whoever sends may each open it. Nothing is allocated for an
 * arrival once the arrays have their length.
 *
 * A step is one run of one statement. Steps are numbered from 0 in the order in which they run: a
 * group that is repeated gives those of all its repetitions, one repetition after another.
 */
export interface OperationTrace {
  readonly shardCount: number;
  /**
   * Reads an arrival (`number` is what other scenarios have as its row); returns how many shards it
   * touches: 0 where the layout cannot run it. What follows is about the arrival opened last.
   */
  open(operation: number, tenant: number, number: number): number;
  /** The script that runs: the operation's own or its way round; null: the arrival is skipped. */
  readonly script: Script | null;
  /** Its rows and values, opened for the same arrival. */
  readonly rows: ArrivalRows;
  readonly stepCount: number;
  /** Index into the script's statements. */
  statementOf(step: number): number;
  /** Repetition of the statement's group, from 0; 0 for one that is not repeated. */
  repetitionOf(step: number): number;
  /** How many shards a step runs on, and which: ascending, each once. */
  shardCountOf(step: number): number;
  shardOf(step: number, index: number): number;
  /** How many shards the arrival touches over all its steps, and which: ascending, each once. */
  readonly fanOut: number;
  shardAt(index: number): number;
  /** Whether its writes and locking reads reach two shards or more. */
  readonly crossShard: boolean;
}
