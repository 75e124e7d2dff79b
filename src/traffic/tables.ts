import { outcomes, type Outcome } from '../metrics/outcome.ts';
import type { DriverLimits, Target } from './ports.ts';
import { Slots } from './slots.ts';

type TimeLimits = Pick<DriverLimits, 'operationTimeoutNs' | 'shardTimeoutNs'>;

/**
 * Operations under way, as a structure of arrays. A slot is kept until the last shard query of its
 * operation has ended, which may be long after the operation settled (timed out).
 */
export class OperationTable {
  readonly operation: Int32Array;
  readonly fanOut: Int32Array;
  readonly tenant: Int32Array;
  readonly row: Int32Array;
  readonly intendedNs: Float64Array;
  readonly dispatchedNs: Float64Array;
  readonly slowestServiceNs: Float64Array;
  readonly totalServiceNs: Float64Array;
  readonly worst: Uint8Array;
  readonly settled: Uint8Array;
  /** 1 where a query has ended with an error that the scenario expects. */
  readonly expected: Uint8Array;
  /** Slots at and above this were never used: scans end here. */
  highest = 0;
  private readonly slots: Slots;
  private readonly live: Uint8Array;
  private readonly pending: Int32Array;

  constructor(capacity: number) {
    this.slots = new Slots(capacity);
    this.operation = new Int32Array(capacity);
    this.fanOut = new Int32Array(capacity);
    this.tenant = new Int32Array(capacity);
    this.row = new Int32Array(capacity);
    this.intendedNs = new Float64Array(capacity);
    this.dispatchedNs = new Float64Array(capacity);
    this.slowestServiceNs = new Float64Array(capacity);
    this.totalServiceNs = new Float64Array(capacity);
    this.worst = new Uint8Array(capacity);
    this.settled = new Uint8Array(capacity);
    this.expected = new Uint8Array(capacity);
    this.live = new Uint8Array(capacity);
    this.pending = new Int32Array(capacity);
  }

  open(
    operation: number,
    fanOut: number,
    intendedNs: number,
    dispatchedNs: number,
    tenant: number,
    row: number,
  ): number {
    const slot = this.slots.take();
    if (slot >= this.highest) this.highest = slot + 1;
    this.operation[slot] = operation;
    this.fanOut[slot] = fanOut;
    this.tenant[slot] = tenant;
    this.row[slot] = row;
    this.intendedNs[slot] = intendedNs;
    this.dispatchedNs[slot] = dispatchedNs;
    this.slowestServiceNs[slot] = 0;
    this.totalServiceNs[slot] = 0;
    this.worst[slot] = outcomes.ok;
    this.settled[slot] = 0;
    this.expected[slot] = 0;
    this.live[slot] = 1;
    this.pending[slot] = fanOut;
    return slot;
  }

  /** Waiting for an answer: neither settled nor free. */
  awaits(slot: number): boolean {
    return this.live[slot] === 1 && this.settled[slot] === 0;
  }

  /** Whether its time is over: from its intended start, or of one of several shards. */
  hasExpired(slot: number, nowNs: number, limits: TimeLimits): boolean {
    if (nowNs - (this.intendedNs[slot] ?? 0) >= limits.operationTimeoutNs) return true;
    const scatters = (this.fanOut[slot] ?? 1) > 1;
    return scatters && nowNs - (this.dispatchedNs[slot] ?? 0) >= limits.shardTimeoutNs;
  }

  /** Notes the end of one shard query; true when it was the operation's last. */
  queryEnded(slot: number, serviceNs: number, outcome: Outcome): boolean {
    if (outcome > (this.worst[slot] ?? 0)) this.worst[slot] = outcome;
    if (serviceNs > (this.slowestServiceNs[slot] ?? 0)) this.slowestServiceNs[slot] = serviceNs;
    this.totalServiceNs[slot] = (this.totalServiceNs[slot] ?? 0) + serviceNs;
    const left = (this.pending[slot] ?? 0) - 1;
    this.pending[slot] = left;
    return left === 0;
  }

  close(slot: number): void {
    this.live[slot] = 0;
    this.slots.give(slot);
  }
}

const states = { free: 0, waiting: 1, sent: 2, abandoned: 3 } as const;

/** Shard queries under way; the index is the ticket that the target knows. */
export class QueryTable {
  readonly shard: Int32Array;
  /** Index into the operation table. */
  readonly slot: Int32Array;
  readonly statements: Int32Array;
  /** NaN until it has a connection. */
  readonly acquiredNs: Float64Array;
  highest = 0;
  private readonly slots: Slots;
  private readonly state: Uint8Array;

  constructor(capacity: number) {
    this.slots = new Slots(capacity);
    this.shard = new Int32Array(capacity);
    this.slot = new Int32Array(capacity);
    this.statements = new Int32Array(capacity);
    this.acquiredNs = new Float64Array(capacity);
    this.state = new Uint8Array(capacity);
  }

  get used(): number {
    return this.slots.used;
  }

  open(slot: number, shard: number, statements: number): number {
    const ticket = this.slots.take();
    if (ticket >= this.highest) this.highest = ticket + 1;
    this.slot[ticket] = slot;
    this.shard[ticket] = shard;
    this.statements[ticket] = statements;
    this.acquiredNs[ticket] = Number.NaN;
    this.state[ticket] = states.waiting;
    return ticket;
  }

  markSent(ticket: number, acquiredNs: number): void {
    this.acquiredNs[ticket] = acquiredNs;
    this.state[ticket] = states.sent;
  }

  /** Gives up what was sent by then and whose operation waits no longer: its grace is over. */
  abandon(sentByNs: number, operations: OperationTable, target: Pick<Target, 'abandon'>): void {
    for (let ticket = 0; ticket < this.highest; ticket++) {
      if (this.state[ticket] !== states.sent) continue;
      if (operations.awaits(this.slot[ticket] ?? 0)) continue;
      if ((this.acquiredNs[ticket] ?? 0) > sentByNs) continue;
      this.state[ticket] = states.abandoned;
      target.abandon(ticket);
    }
  }

  close(ticket: number): void {
    this.state[ticket] = states.free;
    this.slots.give(ticket);
  }
}
