import type { Clock } from '../base/clock.ts';
import type { Outcome } from '../metrics/outcome.ts';
import type { ArrivalVisitor, Phase } from '../workload/types.ts';

/**
 * Where shard queries go: real shards, or shards in virtual time. At most the number of connections
 * that the driver was told are under way on a shard at once. No promise and no object per query.
 */
export interface Target {
  /**
   * Starts one shard query and returns at once. `statements` is a bit mask of the operation's
   * statements that run on this shard. Ends with exactly one call of the completion given to
   * `onComplete`, never from within `execute` itself.
   */
  execute(
    ticket: number,
    shard: number,
    operation: number,
    statements: number,
    tenant: number,
    row: number,
  ): void;
  onComplete(completion: Completion): void;
  /** The driver waits no longer for this ticket: free its connection by any means, then complete it. */
  abandon(ticket: number): void;
}

/** `code` and `message` are the SQLSTATE (or an errno name) and the text of a failure, else ''. */
export type Completion = (ticket: number, outcome: Outcome, code: string, message: string) => void;

/** Says when arrivals are due. Times are those of the driver's clock. */
export interface Pacer {
  /**
   * Delivers the arrivals of a phase, each at or after its intended time and in order; `intendedNs`
   * counts from the `startNs` given to `onStart`. Ends with one call of `onEnd`.
   */
  start(phase: Phase, events: PacerEvents): void;
  /** How many operations of the running phase have settled so far. */
  settled(total: number): void;
  /** Mean number of operations intended and not settled, as sampled in each second of the phase. */
  concurrency(): readonly number[];
  stop(): void;
}

export interface PacerEvents {
  onStart(startNs: number): void;
  onArrival: ArrivalVisitor;
  onEnd(): void;
}

/** A repeating callback, for time-outs and samples. Returns what stops it. */
export type Ticker = (periodMs: number, tick: () => void) => () => void;

export interface DriverLimits {
  readonly operationTimeoutNs: number;
  readonly shardTimeoutNs: number;
  readonly connectionsPerShard: number;
  readonly queuePerShard: number;
}

export interface DriverPorts {
  readonly target: Target;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly ticker: Ticker;
}
