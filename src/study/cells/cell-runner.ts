import type { PhaseRecord } from '../../metrics/phase-record.ts';
import type { AskedServer } from '../../postgres/shard-statistics.ts';
import type { Fact } from '../../result/finding.ts';
import type { LookupResult } from '../../result/lookup.ts';
import type { TableResult } from '../../result/table-result.ts';
import type { CellRouting } from './cell-routing.ts';
import type { CellPhase } from './cell-phases.ts';
import type { CellSpec } from './cell-specs.ts';

/**
 * What runs one cell: real shards, or shards in virtual time. Its methods are called in this order,
 * `run` once for each phase; where others have their turn in between, `facts` and then `run` once
 * more. Any of them may reject, and `close` follows all the same, perhaps twice.
 */
export interface CellRunner {
  /** Makes the shards ready: each has its rows, and nothing has been asked of them yet. */
  prepare(cell: PlannedCell): Promise<void>;
  /** Runs a phase to its end: every arrival has settled. */
  run(phase: CellPhase): Promise<PhaseRecord>;
  /**
   * What is known after the phases so far. Connections are given back: the next `run` takes them up
   * again.
   */
  facts(): Promise<RunnerFacts>;
  close(): Promise<void>;
}

/** A cell with everything that follows from its strategy. */
export interface PlannedCell {
  readonly spec: CellSpec;
  /** As the rows are loaded. */
  readonly routing: CellRouting;
  /** In order; each may have routes of its own. */
  readonly phases: readonly CellPhase[];
}

/** What is known of a cell's shards over all its phases. */
export interface RunnerFacts {
  /** What each shard's server did; empty where there are no servers. */
  readonly servers: readonly AskedServer[];
  /** null: no key was looked up. */
  readonly lookup: LookupResult | null;
  /** What a person should know of the cell beside its numbers; places are within the cell. */
  readonly notes: readonly Fact[];
  /** Of a scenario with tables: each on the shards, before the first operation. */
  readonly tables?: readonly TableOnShards[];
}

/** A table's part of each shard. */
export type TableOnShards = Pick<TableResult, 'table' | 'rows' | 'bytes'>;

/** Shards that the phases of a cell need. */
export function shardsNeeded({ phases }: Pick<PlannedCell, 'phases'>): number {
  return Math.max(...phases.map(({ routing }) => routing.plan.shardCount));
}
