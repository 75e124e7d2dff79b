import { present } from '../base/assert.ts';
import type { Lane } from './lane.ts';
import type { StagedEvents, Staging } from './ports.ts';
import type { RoutePlan } from './route-plan.ts';
import type { OperationTable } from './operation-table.ts';
import type { QueryTable } from './query-table.ts';

/** What staged arrivals share with the driver. */
interface Shared {
  readonly plan: RoutePlan;
  readonly tables: {
    readonly lanes: readonly Lane[];
    readonly operations: OperationTable;
    readonly queries: QueryTable;
  };
  /** Places in the outbox. */
  readonly places: number;
  startNs(): number;
  /** Counts a shard query that was sent. */
  sent(shard: number, operation: number): void;
}

/**
 * Arrivals that touch one shard which has an idle connection are made ready before they are due,
 * and the pacer's thread sends them. They have their place, their ticket and their connection from
 * then on; the driver hears that they were sent when it next looks, at the latest before their
 * answer.
 */
export class StagedArrivals implements StagedEvents {
  private readonly staging: Staging;
  private readonly shared: Shared;
  private readonly ticketOf: Int32Array;
  private readonly shards: Int32Array;
  private readonly statements: Int32Array;

  constructor(staging: Staging, shared: Shared) {
    this.staging = staging;
    this.shared = shared;
    this.ticketOf = new Int32Array(shared.places);
    this.shards = new Int32Array(shared.plan.shardCount);
    this.statements = new Int32Array(shared.plan.shardCount);
  }

  onUpcoming(intendedNs: number, tenant: number, operation: number, row: number): number {
    const { plan } = this.shared;
    const { operations, queries } = this.shared.tables;
    if (plan.route(operation, tenant, row, this.shards, this.statements) !== 1) return -1;
    const shard = this.shards[0] ?? 0;
    const lane = this.lane(shard);
    if (lane.idle === 0) return -1;
    const mask = this.statements[0] ?? 0;
    const dueNs = this.shared.startNs() + intendedNs;
    const opened = operations.open(operation, 1, dueNs, Number.NaN, tenant, row);
    const ticket = queries.open(opened, shard, mask);
    const place = this.staging.stage(ticket, shard, operation, mask, tenant, row);
    if (place < 0) {
      this.close(ticket);
      return -1;
    }
    lane.idle -= 1;
    lane.staged += 1;
    this.ticketOf[place] = ticket;
    return place;
  }

  onTooLate(place: number): void {
    const ticket = this.ticketOf[place] ?? 0;
    const lane = this.lane(this.shared.tables.queries.shard[ticket] ?? 0);
    lane.staged -= 1;
    lane.idle += 1;
    this.staging.unstage(place);
    this.close(ticket);
  }

  onSent(place: number, sentNs: number): void {
    const { operations, queries } = this.shared.tables;
    const ticket = this.ticketOf[place] ?? 0;
    const sent = queries.place[ticket] ?? 0;
    const shard = queries.shard[ticket] ?? 0;
    this.lane(shard).staged -= 1;
    operations.dispatchedNs[sent] = sentNs;
    queries.markSent(ticket, sentNs);
    this.shared.sent(shard, operations.operation[sent] ?? 0);
  }

  onNotSent(place: number): void {
    this.staging.sendStaged(place);
  }

  private close(ticket: number): void {
    const { operations, queries } = this.shared.tables;
    operations.close(queries.place[ticket] ?? 0);
    queries.close(ticket);
  }

  private lane(shard: number): Lane {
    return present(this.shared.tables.lanes[shard], 'lane');
  }
}
