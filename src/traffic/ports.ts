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
  /** What a target has whose queries another thread may send; absent: none. */
  readonly staging?: Staging;
  /**
   * The driver waits no longer for this ticket: free its connection by any means, then complete it.
   */
  abandon(ticket: number): void;
}

/**
 * Shard queries that are made ready before they are due and sent by the pacer's thread, through the
 * outbox that both were given. They complete like all others.
 */
export interface Staging {
  /**
   * Makes a shard query ready and keeps a connection for it; returns its place in the outbox, or -1
   * when this one cannot be staged.
   */
  readonly stage: (
    ticket: number,
    shard: number,
    operation: number,
    statements: number,
    tenant: number,
    row: number,
  ) => number;
  /** Gives up a staged query that was not sent: its connection is idle again. */
  readonly unstage: (place: number) => void;
  /** Sends it from this thread after all: the other one could not. */
  readonly sendStaged: (place: number) => void;
}

/** `code` and `message` are the SQLSTATE (or an errno name) and the text of a failure, else ''. */
export type Completion = (
  ticket: number,
  outcome: Outcome,
  code: string,
  message: string,
  /**
   * Absent where there are no rows to count. The target uses the object again for the next answer.
   */
  rows?: RowCounts,
) => void;

/** Rows of one answer, over all its statements. */
export interface RowCounts {
  readonly returned: number;
  readonly affected: number;
}

/** Says when arrivals are due. Times are those of the driver's clock. */
export interface Pacer {
  /**
   * Delivers the arrivals of a phase, each at or after its intended time and in order; `intendedNs`
   * counts from the `startNs` given to `onStart`. Ends with one call of `onEnd`.
   */
  start(phase: Phase, events: PacerEvents): void;
  /** How many operations of the running phase have settled so far. */
  settled(total: number): void;
  /**
   * Of pacers on a thread of their own. `poll` delivers at once what has become due, `offer` offers
   * what comes next for staging. Both may be called at any time outside of events.
   */
  poll?(): void;
  offer?(): void;
  /** Mean number of operations intended and not settled, as sampled in each second of the phase. */
  concurrency(): readonly number[];
  stop(): void;
}

export interface PacerEvents {
  onStart(startNs: number): void;
  onArrival: ArrivalVisitor;
  onEnd(): void;
  /** Only of a pacer with an outbox: what it does with staged arrivals. */
  readonly staged?: StagedEvents;
}

export interface StagedEvents {
  /**
   * The next arrival that is not due yet: returns its place in the outbox, or -1 to have it by
   * `onArrival` when it is due. A place is not used again before its query has completed.
   */
  onUpcoming(intendedNs: number, tenant: number, operation: number, row: number): number;
  /** It became due before it was staged: `onArrival` follows. */
  onTooLate(place: number): void;
  /** It was sent at `sentNs` of the clock. */
  onSent(place: number, sentNs: number): void;
  /** It was due, and could not be sent by the pacer's thread. Follows `onSent`. */
  onNotSent(place: number): void;
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
