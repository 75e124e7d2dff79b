import { outcomes, type Outcome } from '../metrics/outcome.ts';
import { Places } from './places.ts';
import type { DriverLimits } from './ports.ts';

type TimeLimits = Pick<DriverLimits, 'operationTimeoutNs' | 'shardTimeoutNs'>;

/**
 * Operations under way, as a structure of arrays. A place is kept until the last shard query of its
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
  /** Places at and above this were never used: scans end here. */
  highest = 0;
  private readonly places: Places;
  private readonly live: Uint8Array;
  private readonly pending: Int32Array;

  constructor(capacity: number) {
    this.places = new Places(capacity);
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
    const place = this.places.take();
    if (place >= this.highest) this.highest = place + 1;
    this.operation[place] = operation;
    this.fanOut[place] = fanOut;
    this.tenant[place] = tenant;
    this.row[place] = row;
    this.intendedNs[place] = intendedNs;
    this.dispatchedNs[place] = dispatchedNs;
    this.slowestServiceNs[place] = 0;
    this.totalServiceNs[place] = 0;
    this.worst[place] = outcomes.ok;
    this.settled[place] = 0;
    this.expected[place] = 0;
    this.live[place] = 1;
    this.pending[place] = fanOut;
    return place;
  }

  /** Waiting for an answer: neither settled nor free. */
  awaits(place: number): boolean {
    return this.live[place] === 1 && this.settled[place] === 0;
  }

  /** Whether its time is over: from its intended start, or of one of several shards. */
  hasExpired(place: number, nowNs: number, limits: TimeLimits): boolean {
    if (nowNs - (this.intendedNs[place] ?? 0) >= limits.operationTimeoutNs) return true;
    const scatters = (this.fanOut[place] ?? 1) > 1;
    return scatters && nowNs - (this.dispatchedNs[place] ?? 0) >= limits.shardTimeoutNs;
  }

  /** Notes the end of one shard query; true when it was the operation's last. */
  queryEnded(place: number, serviceNs: number, outcome: Outcome): boolean {
    if (outcome > (this.worst[place] ?? 0)) this.worst[place] = outcome;
    if (serviceNs > (this.slowestServiceNs[place] ?? 0)) this.slowestServiceNs[place] = serviceNs;
    this.totalServiceNs[place] = (this.totalServiceNs[place] ?? 0) + serviceNs;
    const left = (this.pending[place] ?? 0) - 1;
    this.pending[place] = left;
    return left === 0;
  }

  close(place: number): void {
    this.live[place] = 0;
    this.places.give(place);
  }
}
