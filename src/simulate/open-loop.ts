import { present } from '../base/assert.ts';
import { timeout } from '../traffic/ends.ts';
import type { DriverLimits } from '../traffic/ports.ts';
import type { RoutePlan } from '../traffic/route-plan.ts';
import { outcomes, type Outcome } from '../metrics/outcome.ts';
import type { Recorder } from '../metrics/recorder.ts';
import { type ArrivalStream, arrivalStream } from '../workload/arrivals.ts';
import type { Phase, Workload } from '../workload/types.ts';
import { ArrivalBatch } from './arrival-batch.ts';
import { Concurrency } from './concurrency.ts';
import { OperationTally } from './operation-tally.ts';
import { expired, ShardLane, tickFrom } from './shard-lane.ts';
import type { ShardServers } from './shard-servers.ts';
import { cancelled } from './simulated-target.ts';
import type { TenantRoutes } from './tenant-routes.ts';

export interface OpenLoopOptions {
  readonly workload: Workload;
  readonly phase: Phase;
  readonly plan: RoutePlan;
  /** A shorter way for operations that the tenant alone decides. */
  readonly tenantRoutes: TenantRoutes | null;
  readonly shards: readonly ShardServers[];
  readonly limits: DriverLimits;
  readonly recorder: Recorder;
  /**
   * Called now and then with the share that is done, so that others have their turn; absent: never.
   */
  readonly pause?: (share: number) => Promise<void>;
}

/**
 * One phase in virtual time, as the driver would have it with a simulated target, but
 * without events: arrivals come in the order of time and shards serve first come first served, so
 * that the end of each query is known when it comes. Returns the mean number of operations under
 * way in each second.
 */
export async function simulateOpenLoop(options: OpenLoopOptions): Promise<number[]> {
  const { workload, phase, recorder, pause } = options;
  const stream = arrivalStream(workload, phase);
  const { windowNs } = recorder.options;
  const loop = new OpenLoop(options);
  while (loop.run(stream, arrivalsBetweenPauses)) await pause?.(stream.intendedNs / windowNs);
  loop.finish();
  recorder.finish();
  return loop.under.means();
}

const arrivalsBetweenPauses = 100_000;
const batchSize = 65_536;

class OpenLoop {
  readonly under: Concurrency;
  private readonly plan: RoutePlan;
  private readonly tenantRoutes: TenantRoutes | null;
  private readonly limits: DriverLimits;
  private readonly recorder: Recorder;
  private readonly tally: OperationTally;
  private readonly lanes: readonly ShardLane[];
  private readonly shards: Int32Array;
  private readonly statements: Int32Array;
  private readonly batch: ArrivalBatch;
  /** Of the operation under way. */
  private settledNs = 0;
  private worst: Outcome = outcomes.ok;
  private slowestNs = 0;
  private totalNs = 0;

  constructor(options: OpenLoopOptions) {
    const { plan, limits, recorder, shards, tenantRoutes } = options;
    const { windowNs } = recorder.options;
    this.under = new Concurrency(windowNs);
    this.plan = plan;
    this.tenantRoutes = tenantRoutes;
    this.limits = limits;
    this.recorder = recorder;
    this.tally = new OperationTally(recorder);
    this.lanes = shards.map(
      (servers, shard) => new ShardLane(servers, recorder.shard(shard), limits, windowNs),
    );
    this.shards = new Int32Array(plan.shardCount);
    this.statements = new Int32Array(plan.shardCount);
    this.batch = new ArrivalBatch(batchSize, plan.shardCount);
  }

  /** Simulates so many arrivals; false when there are no more. */
  run(stream: ArrivalStream, arrivals: number): boolean {
    const { tenantRoutes, batch } = this;
    for (let i = 0; i < arrivals; i += 1) {
      if (!stream.next()) return false;
      const { operation, tenant, intendedNs } = stream;
      if (tenantRoutes !== null && tenantRoutes.masks[operation] !== 0) {
        batch.add(tenant, operation, intendedNs);
        if (batch.isFull) this.takeBatch();
      } else {
        // It may meet any of them.
        this.takeBatch();
        const { plan, shards, statements } = this;
        const fanOut = plan.route(operation, tenant, stream.row, shards, statements);
        if (plan.crossShard) this.recorder.crossesShards(operation, fanOut);
        this.arrive(operation, tenant, fanOut, intendedNs);
      }
    }
    return true;
  }

  finish(): void {
    this.takeBatch();
    for (const lane of this.lanes) lane.finish();
    this.tally.pour();
  }

  /**
   * What goes to one shard does not depend on any other, so the shards may be taken one by one:
   * with a thousand of them each is then in the processor's cache for many arrivals instead of one.
   */
  private takeBatch(): void {
    const { batch, tenantRoutes, lanes } = this;
    const { length } = batch;
    if (length === 0 || tenantRoutes === null) return;
    batch.route(tenantRoutes.shards);
    const order = length > lanes.length ? batch.byShard() : null;
    for (let i = 0; i < length; i += 1) {
      const place = order === null ? i : (order[i] ?? 0);
      const operation = batch.operations[place] ?? 0;
      this.shards[0] = batch.shards[place] ?? 0;
      this.statements[0] = tenantRoutes.masks[operation] ?? 0;
      this.arrive(operation, batch.tenants[place] ?? 0, 1, batch.intendedNs[place] ?? 0);
    }
    batch.length = 0;
  }

  private arrive(operation: number, tenant: number, fanOut: number, nowNs: number): void {
    if (fanOut === 0) {
      this.recorder.skipped(operation);
      return;
    }
    if (!this.hasRoom(operation, fanOut, nowNs)) {
      const { dropped } = outcomes;
      this.recorder.operation(operation, tenant, fanOut, nowNs, nowNs, nowNs, dropped);
      return;
    }
    const expiresNs = this.expiryOf(fanOut, nowNs);
    this.settledNs = 0;
    this.worst = outcomes.ok;
    this.slowestNs = 0;
    this.totalNs = 0;
    for (let i = 0; i < fanOut; i += 1) this.offer(i, operation, nowNs, expiresNs);
    this.settle(operation, tenant, fanOut, nowNs, expiresNs);
  }

  private hasRoom(operation: number, fanOut: number, nowNs: number): boolean {
    for (let i = 0; i < fanOut; i += 1) {
      const lane = this.lane(i);
      lane.advance(nowNs);
      if (!lane.isFull(nowNs)) continue;
      lane.dropped(nowNs, operation);
      return false;
    }
    return true;
  }

  /** When the driver sees that the operation has timed out. */
  private expiryOf(fanOut: number, nowNs: number): number {
    const { operationTimeoutNs, shardTimeoutNs } = this.limits;
    const allowedNs =
      fanOut > 1 ? Math.min(operationTimeoutNs, shardTimeoutNs) : operationTimeoutNs;
    return tickFrom(nowNs + allowedNs);
  }

  private offer(place: number, operation: number, nowNs: number, expiresNs: number): void {
    const lane = this.lane(place);
    const endNs = lane.offer(operation, this.statements[place] ?? 0, nowNs, expiresNs);
    if (endNs > expiresNs) {
      this.worst = outcomes.timedOut;
      if (endNs === expired) return;
    } else if (lane.outcome !== outcomes.ok) {
      const shard = this.shards[place] ?? 0;
      this.recorder.errors.add(cancelled.code, cancelled.message, operation, shard, endNs);
      if (this.worst === outcomes.ok) this.worst = outcomes.failed;
    }
    if (endNs > this.settledNs) this.settledNs = endNs;
    const serviceNs = endNs - lane.acquiredNs;
    if (serviceNs > this.slowestNs) this.slowestNs = serviceNs;
    this.totalNs += serviceNs;
  }

  private settle(
    operation: number,
    tenant: number,
    fanOut: number,
    nowNs: number,
    expiresNs: number,
  ): void {
    const { recorder, worst } = this;
    if (worst === outcomes.timedOut) {
      this.settledNs = expiresNs;
      recorder.errors.add(timeout.code, timeout.message, operation, null, expiresNs);
    } else if (worst === outcomes.ok && fanOut > 1) {
      recorder.scatterService(this.slowestNs, this.totalNs, fanOut);
    }
    const { settledNs } = this;
    if (worst === outcomes.ok) this.tally.succeeded(operation, tenant, fanOut, nowNs, settledNs);
    else recorder.operation(operation, tenant, fanOut, nowNs, nowNs, settledNs, worst);
    this.under.add(nowNs, this.settledNs, 1);
  }

  private lane(place: number): ShardLane {
    return present(this.lanes[this.shards[place] ?? 0], 'lane');
  }
}
