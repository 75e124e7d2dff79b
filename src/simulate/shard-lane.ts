import { outcomes, type Outcome } from '../metrics/outcome.ts';
import type { ShardRecorder } from '../metrics/shard-recorder.ts';
import { tickMs } from '../traffic/driver-limits.ts';
import type { DriverLimits } from '../traffic/ports.ts';
import { EarliestTimes } from './earliest-times.ts';
import { PendingQueries } from './pending-queries.ts';
import type { ShardServers } from './shard-servers.ts';
import { WaitingLine } from './waiting-line.ts';

const tickNs = tickMs * 1e6;
const secondNs = 1e9;
/**
 * Their histograms lie far apart in memory: recording many ends of one shard together is faster.
 */
const recordedAtOnce = 256;

/** The first look at or after a moment. */
export const tickFrom = (atNs: number): number => Math.ceil(atNs / tickNs) * tickNs;

/** Of a query that was offered and never sent. */
export const expired = Number.POSITIVE_INFINITY;

/**
 * What the driver does with the queries of one shard, without a driver: connections, the queue
 * before them, time-outs in it, samples of it. Queries come in the order of time, so that the end
 * of each is known when it comes; it is recorded when its time has come, in the order of the ends.
 */
export class ShardLane {
  /** When the last offered query was answered by its shard's servers, and when it was sent. */
  acquiredNs = 0;
  outcome: Outcome = outcomes.ok;
  private readonly servers: ShardServers;
  private readonly recorder: ShardRecorder;
  private readonly connections: EarliestTimes;
  private readonly queueLength: number;
  private readonly waiting = new WaitingLine();
  private readonly pending = new PendingQueries();
  private readonly windowNs: number;
  private nextTickNs = tickNs;
  private lastLeftNs = 0;
  private lastExpired = false;

  constructor(
    servers: ShardServers,
    recorder: ShardRecorder,
    limits: DriverLimits,
    windowNs: number,
  ) {
    this.servers = servers;
    this.recorder = recorder;
    this.connections = new EarliestTimes(limits.connectionsPerShard);
    this.queueLength = limits.queuePerShard;
    this.windowNs = windowNs;
  }

  /** Lets time pass up to and including this moment. */
  advance(nowNs: number): void {
    while (this.nextTickNs <= nowNs) this.tick();
    if (this.pending.length >= recordedAtOnce) this.record(nowNs);
    if (this.waiting.length > 0) this.waiting.leaveUntil(nowNs);
  }

  /** Whether there is neither a connection nor a place in the queue. */
  isFull(nowNs: number): boolean {
    return this.connections.earliest > nowNs && this.waiting.length === this.queueLength;
  }

  dropped(nowNs: number, operation: number): void {
    this.recorder.drop(nowNs, operation);
  }

  /**
   * Takes a query; returns when it ends, or `expired` where it gets no connection until
   * `expiresNs`, when its operation is given up.
   */
  offer(operation: number, mask: number, nowNs: number, expiresNs: number): number {
    const freeNs = this.connections.earliest;
    if (freeNs <= nowNs) return this.send(operation, mask, nowNs, nowNs, expiresNs);
    if (freeNs > expiresNs) return this.expire(operation, nowNs, freeNs, expiresNs);
    this.join(nowNs, freeNs);
    this.lastExpired = false;
    return this.send(operation, mask, nowNs, freeNs, expiresNs);
  }

  /** Lets everything end that is still under way. */
  finish(): void {
    this.advance(this.windowNs);
    this.record(this.windowNs);
    this.record(Number.POSITIVE_INFINITY);
  }

  ended(
    operation: number,
    intendedNs: number,
    acquiredNs: number,
    finishedNs: number,
    outcome: number,
  ): void {
    const { recorder } = this;
    recorder.query(operation, intendedNs, intendedNs, acquiredNs, finishedNs, outcome as Outcome);
  }

  private send(
    operation: number,
    mask: number,
    nowNs: number,
    sentNs: number,
    expiresNs: number,
  ): number {
    this.recorder.sent(operation);
    const endNs = this.servers.answerNs(operation, mask, sentNs);
    this.connections.replaceEarliest(endNs);
    this.acquiredNs = sentNs;
    // An answer after the time-out is no answer.
    if (endNs > expiresNs) this.outcome = outcomes.timedOut;
    else this.outcome = this.servers.cancelled ? outcomes.failed : outcomes.ok;
    this.pending.add(endNs, nowNs, sentNs, operation, this.outcome);
    return endNs;
  }

  private expire(operation: number, nowNs: number, freeNs: number, expiresNs: number): number {
    const leftNs = this.leavesNs(expiresNs, freeNs);
    this.join(nowNs, leftNs);
    this.lastExpired = true;
    this.pending.add(leftNs, nowNs, Number.NaN, operation, outcomes.timedOut);
    return expired;
  }

  /**
   * A query is seen to have expired when it stands at the head of the queue: at the look at which
   * it expires, or in the moment in which those before it are seen to have expired, or, when the
   * one before it was sent, at the next look or the next end of a query.
   */
  private leavesNs(expiresNs: number, nextEndNs: number): number {
    if (this.lastLeftNs <= expiresNs) return expiresNs;
    if (this.lastExpired) return this.lastLeftNs;
    return Math.min(nextEndNs, (Math.floor(this.lastLeftNs / tickNs) + 1) * tickNs);
  }

  private join(nowNs: number, leavesNs: number): void {
    this.waiting.add(leavesNs);
    this.lastLeftNs = leavesNs;
    this.recorder.joinedQueue(nowNs, this.waiting.length);
  }

  private tick(): void {
    const nowNs = this.nextTickNs;
    this.nextTickNs += tickNs;
    // A look that begins a second closes the one before, which must be complete by then.
    if (nowNs % secondNs === 0) this.record(nowNs);
    if (this.waiting.length > 0) this.waiting.leaveUntil(nowNs);
    this.recorder.samplePool(nowNs, this.connections.earliest > nowNs, this.waiting.length);
  }

  private record(untilNs: number): void {
    const { pending } = this;
    while (pending.firstNs <= untilNs && pending.length > 0) pending.shift(this);
  }
}
