/**
 * What shards did in one second of a phase that is still running. It is shown and forgotten: the
 * result has the series of all seconds.
 */
export interface RunningSecond {
  /** Of the phase's window, from 0. */
  readonly second: number;
  readonly all: RunningShard;
  /** By shard. */
  readonly shards: readonly RunningShard[];
}

/** One shard in one second, or all of them together. */
export interface RunningShard {
  /** Shard queries that succeeded. */
  readonly writes: number;
  readonly reads: number;
  /** Shard queries that failed or timed out. */
  readonly errors: number;
  readonly dropped: number;
  /** Shard queries that waited for a connection when the second ended. */
  readonly queued: number;
  /**
   * Response time that one in a hundred shard queries exceeded, ms, in this second and as many of
   * those before as it takes for 100 queries. null: 10 seconds have fewer, or it falls among the
   * failures.
   */
  readonly p99Ms: number | null;
}
