import type { OperationResult, RunResult, ShardResult, VerdictStatus } from '../result/types.ts';

/** What shows how much work shards did, and whether it was too much: a cell of a run, or a step. */
export interface SeenCell {
  readonly strategy: string;
  readonly shardCount: number;
  readonly hash: string | null;
  readonly status: 'ok' | 'failed' | 'interrupted';
  readonly verdict: { readonly status: VerdictStatus } | null;
  readonly load: { readonly offeredQps: number } | null;
  readonly shards: readonly Pick<ShardResult, 'rows' | 'byOperation'>[];
  readonly operations: readonly Pick<OperationResult, 'operation' | 'routing' | 'serviceMs'>[];
}

/** A result of `run`, or of a search for the capacity: what was seen of a scenario. */
export interface SeenResult extends Pick<RunResult, 'name' | 'source' | 'scenario'> {
  /** Of a search: what a VALID cell held, and a SATURATED one did not; absent: a run. */
  readonly objective?: string;
  readonly cells: readonly SeenCell[];
}
