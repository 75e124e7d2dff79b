import type { HistogramCounts } from '../base/histogram-counts.ts';
import type { WatchedKind } from './watched-times.ts';

/**
 * What one phase of a cell has left: plain values only (numbers, text, typed arrays, lists of
 * them), so that it may be cloned, sent to another thread or process, and kept. All times are
 * nanoseconds since the start of the phase's window.
 *
 * Several generators may drive one cell: each takes its own part of the arrivals, looks at all
 * shards through connections and queues of its own, and leaves samples of its own. `mergeSamples`
 * makes one of two; numbers that are not simply added up say below how they merge. Counts and
 * histograms merge exactly, and so do sums of whole nanoseconds; sums of fractions of one are
 * rounded in their last digits, as any floating-point sum is.
 */
export interface CellSamples {
  /** The same for all that are merged. */
  readonly windowNs: number;
  /** How many generators have left these samples: 1 before any merge. */
  readonly generators: number;
  /**
   * Operations under way: means over successive parts of the window, its seconds. Merged, they are
   * added up part by part, as far as both have parts.
   */
  readonly concurrency: readonly number[];
  readonly overall: TimedSamples;
  readonly singleShard: TimedSamples;
  readonly scatter: TimedSamples;
  readonly scheduleLag: HistogramCounts;
  /** Operations by outcome, indexed by Outcome. */
  readonly outcomes: Float64Array;
  /** Operations that ended well within the window. */
  readonly okInWindow: number;
  readonly fanOut: FanOutSamples;
  /** In the scenario's order. */
  readonly operations: readonly OperationSamples[];
  readonly shards: readonly ShardSamples[];
  /** The earliest first. */
  readonly errors: readonly ErrorSamples[];
  readonly course: CourseSamples;
  /** null: tenants were not told apart. */
  readonly tenantClasses: TenantClassSamples | null;
  /** Times that limits ask for; absent where none does. */
  readonly watched?: readonly WatchedSamples[];
}

/** Times of one kind; of generators that drive one cell the kinds are the same. */
export interface WatchedSamples extends WatchedKind, TimedSamples {}

/** Successes by time, failures by number: a failure has no time, it ranks behind every success. */
export interface TimedSamples {
  readonly ok: HistogramCounts;
  readonly failures: number;
}

/** By class of tenant, in the order of `tenantClassNames`. */
export interface TenantClassSamples {
  /** How many are in each; the same for all that are merged, as `largestOn` is. */
  readonly tenants: readonly number[];
  /** Shards on which the largest has rows, ascending. */
  readonly largestOn: readonly number[];
  /** Of operations on one shard, and of those on several. */
  readonly onOne: readonly TimedSamples[];
  readonly onSeveral: readonly TimedSamples[];
}

/** How many shards the operations touched, and how much longer the slowest of several took. */
export interface FanOutSamples {
  readonly shardQueries: number;
  readonly touchingOne: number;
  readonly touchingSome: number;
  readonly touchingAll: number;
  /** Shards that operations across shards touched, one operation after another added up. */
  readonly crossShardTouched: number;
  /**
   * Service times of operations on several shards that succeeded: of the slowest shard, and of all.
   */
  readonly slowestServiceNsTotal: number;
  readonly serviceNsTotal: number;
  readonly shardsTimed: number;
  readonly operationsTimed: number;
}

/** One operation of the scenario, on all shards together. */
export interface OperationSamples {
  readonly response: TimedSamples;
  readonly arrivals: number;
  readonly finishedInWindow: number;
  /** Failed, timed out and dropped together. */
  readonly errors: number;
  readonly failed: number;
  readonly timedOut: number;
  /** Of the successes, those with an error that the scenario expects. */
  readonly expected: number;
  /** Shard queries whose rows were counted, and these rows. */
  readonly answers: number;
  readonly returned: number;
  readonly affected: number;
  /** Arrivals that were not run: they are none of `arrivals`. */
  readonly skipped: number;
  /** Of the arrivals, those whose writes and locking reads reached two shards or more. */
  readonly crossShard: number;
  readonly service: ServiceSamples;
}

/** Service times of the successful shard queries of one operation. */
export interface ServiceSamples {
  readonly times: HistogramCounts;
  /** Queries, and the sum of their times, in equal parts of the window. */
  readonly countByBlock: Float64Array;
  readonly totalNsByBlock: Float64Array;
}

/** What one shard did. */
export interface ShardSamples {
  readonly response: HistogramCounts;
  readonly service: HistogramCounts;
  readonly queueWait: HistogramCounts;
  /** Successes within the window, by operation. */
  readonly inWindowByOperation: Float64Array;
  /** Successes by operation, also those that finished after the window, and their service times. */
  readonly servedByOperation: Float64Array;
  readonly serviceNsByOperation: Float64Array;
  /** Sent shard queries of operations intended within the window. */
  readonly writesSent: number;
  readonly readsSent: number;
  /** Successes that finished within the window. */
  readonly writesInWindow: number;
  readonly readsInWindow: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly dropped: number;
  /** Looks at the pool of connections, at a fixed period, and those at which it was all busy. */
  readonly poolLooks: number;
  readonly poolFullLooks: number;
  /**
   * The most queries that waited at once. Of several generators it is the sum of what each saw, an
   * upper bound: their longest queues need not have stood at one moment.
   */
  readonly maxQueued: number;
  readonly pressure: PressureSamples;
  /** Every second of the window, the last one perhaps cut short; none where no series is kept. */
  readonly seconds: readonly SecondSamples[];
}

/** One shard in one second of the window. */
export interface SecondSamples {
  readonly writes: number;
  readonly reads: number;
  readonly errors: number;
  readonly dropped: number;
  /** Response times of the successes. */
  readonly response: HistogramCounts;
  /**
   * Queries that waited when the pool was last looked at; the queues of several generators add up.
   */
  readonly queued: number;
  /** Shard queries that ended, and how long they had waited for a connection. */
  readonly ended: number;
  readonly waitedNs: number;
  /**
   * null where nobody looks at the server. What several have seen adds up: one of them should look.
   */
  readonly checkpoints: number | null;
  readonly walBytes: number | null;
}

/** Looks at one shard's pool, and ends of its queries, in equal parts of the window. */
export interface PressureSamples {
  readonly looks: Float64Array;
  /** Looks that found all connections busy. */
  readonly full: Float64Array;
  /** Sum of the queue lengths that the looks found. */
  readonly queued: Float64Array;
  readonly queries: Float64Array;
  /** Dropped, and timed out in the queue. */
  readonly refused: Float64Array;
  readonly expired: Float64Array;
}

/** Equal parts of the window, in each of which a few figures are kept: the course of a cell. */
export interface CourseShape {
  readonly partNs: number;
  readonly parts: number;
  /** Parts of one cycle of the arrivals; 1 where these have none. */
  readonly cycleParts: number;
}

/** The parts of the window one after the other. */
export interface CourseSamples {
  /** The same for all that are merged. */
  readonly shape: CourseShape;
  /** Operations intended within each part, and those that ended well within it. */
  readonly offered: Float64Array;
  readonly accepted: Float64Array;
  /** Response times: so many buckets for each part. */
  readonly responses: Uint32Array;
  /** Looks at the queues of all shards, and the sum of the lengths that they found. */
  readonly looks: Float64Array;
  readonly queued: Float64Array;
}

/** Failed shard queries of one code, operation and shard. */
export interface ErrorSamples {
  readonly code: string;
  /**
   * Of the first one, without values of rows; of two at the same moment, the first by the alphabet.
   */
  readonly message: string;
  readonly operation: number;
  /** null: the operation timed out as a whole. */
  readonly shard: number | null;
  readonly count: number;
  readonly firstNs: number;
  readonly lastNs: number;
}

/** Operations that have ended, whatever their outcome. */
export function arrivalsOf({ outcomes }: CellSamples): number {
  return outcomes.reduce((total, count) => total + count, 0);
}
