import { assert, present } from '../base/assert.ts';
import { outcomes, type Outcome } from '../metrics/outcome.ts';
import type { Recorder } from '../metrics/recorder.ts';
import type { Phase } from '../workload/types.ts';
import { tickMs } from './driver-limits.ts';
import { countEnd, countOperation, countRows, countSuccess, countTimeout } from './ends.ts';
import { Lane } from './lane.ts';
import { OperationTable } from './operation-table.ts';
import { QueryTable } from './query-table.ts';
import type { DriverLimits, DriverPorts } from './ports.ts';
import type { RoutePlan } from './route-plan.ts';
import { StagedArrivals } from './staged-arrivals.ts';

/** How long an abandoned shard query may take to give its connection back after a phase. */
const graceNs = 2e9;

/**
 * Drives arrivals x routes against a target, open loop: the pacer says when an operation starts,
 * not the previous answer. Work in flight is bounded for each shard, so one dead shard fills its
 * own queue and no other. The arrays are allocated once; the path of an operation allocates
 * nothing.
 */
export class Driver {
  private readonly plan: RoutePlan;
  private readonly limits: DriverLimits;
  private readonly ports: DriverPorts;
  readonly lanes: readonly Lane[];
  readonly operations: OperationTable;
  readonly queries: QueryTable;
  private readonly shards: Int32Array;
  private readonly statements: Int32Array;
  private readonly stagedArrivals: StagedArrivals | null;
  private recorder: Recorder | null = null;
  private startNs = 0;
  private settledCount = 0;
  private arriving = false;
  private phaseEnded: (() => void) | null = null;
  private stopTicker = (): void => undefined;

  constructor(plan: RoutePlan, limits: DriverLimits, ports: DriverPorts) {
    this.plan = plan;
    this.limits = limits;
    this.ports = ports;
    const { shardCount } = plan;
    const { connectionsPerShard: connections, queuePerShard } = limits;
    // Every live or timed-out query holds a connection or a place in a queue, so this is enough.
    const capacity = shardCount * (connections + queuePerShard);
    this.lanes = Array.from({ length: shardCount }, () => new Lane(connections, queuePerShard));
    this.operations = new OperationTable(capacity);
    this.queries = new QueryTable(capacity);
    this.shards = new Int32Array(shardCount);
    this.statements = new Int32Array(shardCount);
    const { staging } = ports.target;
    this.stagedArrivals =
      staging === undefined
        ? null
        : new StagedArrivals(staging, {
            plan,
            tables: this,
            places: shardCount * connections,
            startNs: () => this.startNs,
            sent: (shard, operation) => this.current().shard(shard).sent(operation),
          });
    ports.target.onComplete((ticket, outcome, code, message, rows) => {
      if (rows !== undefined) countRows(this, this.current(), ticket, outcome, rows);
      this.complete(ticket, outcome, code, message);
    });
  }

  /** Runs one phase to its end: every arrival has settled and every connection is free again. */
  run(phase: Phase, recorder: Recorder): Promise<void> {
    assert(this.phaseEnded === null, 'one phase at a time');
    this.recorder = recorder;
    this.settledCount = 0;
    this.startNs = 0;
    this.arriving = true;
    return new Promise((resolve) => {
      this.phaseEnded = () => {
        this.stopTicker();
        this.phaseEnded = null;
        recorder.finish();
        resolve();
      };
      this.ports.pacer.start(phase, {
        onStart: (startNs) => {
          // Given up before it has started: a ticker would keep the process from ending.
          if (this.phaseEnded === null) return;
          this.startNs = startNs;
          this.stopTicker = this.ports.ticker(tickMs, () => this.tick());
        },
        onArrival: (intendedNs, tenant, operation, row) =>
          this.arrive(this.startNs + intendedNs, tenant, operation, row),
        onEnd: () => {
          this.arriving = false;
          this.endIfIdle();
        },
        ...(this.stagedArrivals && { staged: this.stagedArrivals }),
      });
    });
  }

  /** Puts what a shard's server did into the series of the running phase. */
  sawServer(shard: number, checkpoints: number, walBytes: number | null): void {
    if (this.startNs === 0 || this.phaseEnded === null) return;
    const atNs = this.ports.clock.nowNs() - this.startNs;
    this.current().shard(shard).sawServer(atNs, checkpoints, walBytes);
  }

  /** Gives up the running phase: no arrival and no tick follows, and its promise never settles. */
  stop(): void {
    this.phaseEnded = null;
    this.stopTicker();
    this.ports.pacer.stop();
  }

  private arrive(intendedNs: number, tenant: number, operation: number, row: number): void {
    const dispatchedNs = this.ports.clock.nowNs();
    const fanOut = this.plan.route(operation, tenant, row, this.shards, this.statements);
    if (fanOut === 0) {
      // What the cell cannot run is settled at once.
      this.current().skipped(operation);
      this.countSettled();
      return;
    }
    if (this.plan.crossShard) this.current().crossesShards(operation, fanOut);
    if (!this.hasRoom(operation, fanOut, dispatchedNs)) {
      const [dueNs, atNs] = [intendedNs - this.startNs, dispatchedNs - this.startNs];
      this.current().operation(operation, tenant, fanOut, dueNs, atNs, atNs, outcomes.dropped);
      this.countSettled();
      return;
    }
    const place = this.operations.open(operation, fanOut, intendedNs, dispatchedNs, tenant, row);
    for (let i = 0; i < fanOut; i++) {
      const shard = this.shards[i] ?? 0;
      const ticket = this.queries.open(place, shard, this.statements[i] ?? 0);
      const lane = this.lane(shard);
      if (lane.idle > 0) this.send(ticket, lane, dispatchedNs);
      else this.enqueue(ticket, lane, dispatchedNs);
    }
  }

  private hasRoom(operation: number, fanOut: number, nowNs: number): boolean {
    for (let i = 0; i < fanOut; i++) {
      const shard = this.shards[i] ?? 0;
      if (this.lane(shard).hasRoom()) continue;
      this.current()
        .shard(shard)
        .drop(nowNs - this.startNs, operation);
      return false;
    }
    return true;
  }

  private enqueue(ticket: number, lane: Lane, nowNs: number): void {
    lane.queue.push(ticket);
    this.current()
      .shard(this.queries.shard[ticket] ?? 0)
      .joinedQueue(nowNs - this.startNs, lane.queue.length);
  }

  private send(ticket: number, lane: Lane, nowNs: number): void {
    const { operations, queries } = this;
    const place = queries.place[ticket] ?? 0;
    const shard = queries.shard[ticket] ?? 0;
    const operation = operations.operation[place] ?? 0;
    lane.idle -= 1;
    queries.markSent(ticket, nowNs);
    this.current().shard(shard).sent(operation);
    this.ports.target.execute(
      ticket,
      shard,
      operation,
      queries.statements[ticket] ?? 0,
      operations.tenant[place] ?? 0,
      operations.row[place] ?? 0,
    );
  }

  private complete(ticket: number, outcome: Outcome, code: string, message: string): void {
    // A staged query may be answered before this thread has heard that it was sent.
    this.ports.pacer.poll?.();
    const nowNs = this.ports.clock.nowNs();
    const shard = this.queries.shard[ticket] ?? 0;
    const lane = this.lane(shard);
    const sinceStartNs = nowNs - this.startNs;
    const counted = countEnd(this, this.current(), ticket, outcome, code, message, sinceStartNs);
    this.endQuery(ticket, nowNs, counted);
    lane.idle += 1;
    this.expireHead(lane, nowNs);
    if (lane.queue.length > 0) this.send(lane.queue.shift(), lane, nowNs);
    this.ports.pacer.offer?.();
    this.endIfIdle();
  }

  /** Records one shard query and, with the last of its operation, the operation. */
  private endQuery(ticket: number, nowNs: number, outcome: Outcome): void {
    const { operations, queries, startNs } = this;
    const place = queries.place[ticket] ?? 0;
    const late = operations.settled[place] === 1;
    const acquiredNs = queries.acquiredNs[ticket] ?? Number.NaN;
    this.current()
      .shard(queries.shard[ticket] ?? 0)
      .query(
        operations.operation[place] ?? 0,
        (operations.intendedNs[place] ?? 0) - startNs,
        (operations.dispatchedNs[place] ?? 0) - startNs,
        acquiredNs - startNs,
        nowNs - startNs,
        // An answer after the time-out is no answer.
        late ? outcomes.timedOut : outcome,
      );
    queries.close(ticket);
    if (!operations.queryEnded(place, nowNs - acquiredNs, outcome)) return;
    if (!late) this.settlePlace(place, nowNs, (operations.worst[place] ?? 0) as Outcome);
    operations.close(place);
  }

  private settlePlace(place: number, nowNs: number, outcome: Outcome): void {
    const { operations } = this;
    operations.settled[place] = 1;
    if (outcome === outcomes.ok) countSuccess(this, this.current(), place);
    countOperation(this, this.current(), place, this.startNs, nowNs, outcome);
    this.countSettled();
  }

  private countSettled(): void {
    this.settledCount += 1;
    this.ports.pacer.settled(this.settledCount);
  }

  private tick(): void {
    this.ports.pacer.poll?.();
    const { limits, operations, ports } = this;
    const nowNs = ports.clock.nowNs();
    this.expireOperations(nowNs);
    this.queries.abandon(nowNs - limits.shardTimeoutNs - graceNs, operations, ports.target);
    for (const [shard, lane] of this.lanes.entries()) {
      this.expireHead(lane, nowNs);
      this.current()
        .shard(shard)
        .samplePool(nowNs - this.startNs, lane.isFull(), lane.queue.length);
    }
    this.ports.pacer.offer?.();
    this.endIfIdle();
  }

  private expireOperations(nowNs: number): void {
    const { operations, limits } = this;
    for (let place = 0; place < operations.highest; place++) {
      if (!operations.awaits(place)) continue;
      if (!operations.hasExpired(place, nowNs, limits)) continue;
      countTimeout(this, this.current(), place, nowNs - this.startNs);
      this.settlePlace(place, nowNs, outcomes.timedOut);
    }
  }

  /** Queues are in the order of dispatch, so what has timed out stands at the head. */
  private expireHead(lane: Lane, nowNs: number): void {
    while (lane.queue.length > 0) {
      const ticket = lane.queue.peek();
      if (this.operations.awaits(this.queries.place[ticket] ?? 0)) return;
      lane.queue.shift();
      this.endQuery(ticket, nowNs, outcomes.timedOut);
    }
  }

  private endIfIdle(): void {
    if (!this.arriving && this.queries.used === 0 && this.phaseEnded !== null) this.phaseEnded();
  }

  private lane(shard: number): Lane {
    return present(this.lanes[shard], 'lane');
  }

  private current(): Recorder {
    return present(this.recorder, 'recorder');
  }
}
