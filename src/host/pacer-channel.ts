import { createOutbox, type Outbox } from '../traffic/outbox.ts';
import type { Phase } from '../workload/types.ts';

/** Memory shared between the pacer's thread and the driver's; plain data, sent once. */
export interface PacerChannel {
  readonly control: Int32Array<SharedArrayBuffer>;
  /** A ring of arrivals: entry i stands at i modulo the capacity. */
  readonly intendedNs: Float64Array<SharedArrayBuffer>;
  readonly tenants: Int32Array<SharedArrayBuffer>;
  readonly operations: Int32Array<SharedArrayBuffer>;
  readonly rows: Int32Array<SharedArrayBuffer>;
  /** State of each entry: `upcoming`, a place of the outbox + 1, `due` or `sent`. */
  readonly launches: Int32Array<SharedArrayBuffer>;
  /** When the entry was sent, on the clock, for those that the pacer's thread sends. */
  readonly sentNs: Float64Array<SharedArrayBuffer>;
  readonly outbox: Outbox;
}

/**
 * Values of `launches`. The driver's thread turns `upcoming` into a place + 1; the pacer's thread
 * turns that into `sent`, or `upcoming` into `due`, when the time has come; the driver's back into
 * `upcoming` when it has taken the entry.
 */
export const launch = { upcoming: 0, due: -1, sent: -2 } as const;

/** Indexes into `control`. */
export const word = {
  /** Arrivals that are due, since the start of the phase. */
  published: 0,
  /** Arrivals that the driver has taken. */
  taken: 1,
  /** Operations that have settled. */
  settled: 2,
  /** 1 while a message to the driver is under way: no second one is needed. */
  awake: 3,
  /** 1 when the phase must end early. */
  stop: 4,
  /** Arrivals in the ring, since the start of the phase. */
  generated: 5,
  /** Staged queries that could not be sent, since the start of the phase. */
  failed: 6,
} as const;

/** Enough for a third of a second at 200,000 arrivals a second. */
export const ringCapacity = 1 << 16;
export const ringMask = ringCapacity - 1;

/** `connections`: of all shards together, each of which gets a place in the outbox. */
export function createChannel(connections: number): PacerChannel {
  const ints = (length: number): Int32Array<SharedArrayBuffer> =>
    new Int32Array(new SharedArrayBuffer(4 * length));
  return {
    control: ints(8),
    intendedNs: new Float64Array(new SharedArrayBuffer(8 * ringCapacity)),
    tenants: ints(ringCapacity),
    operations: ints(ringCapacity),
    rows: ints(ringCapacity),
    launches: ints(ringCapacity),
    sentNs: new Float64Array(new SharedArrayBuffer(8 * ringCapacity)),
    outbox: createOutbox(connections),
  };
}

/** What the driver's thread sends. */
export interface PacerRequest {
  readonly phase: Phase;
}

/** What the pacer's thread sends. */
export type PacerMessage =
  | { readonly kind: 'started'; readonly startNs: number }
  | { readonly kind: 'due' }
  | {
      readonly kind: 'ended';
      /** Mean of the samples of each second of the phase. */
      readonly concurrency: readonly number[];
    };
