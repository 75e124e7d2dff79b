import type { OperationTable } from './operation-table.ts';
import { Places } from './places.ts';
import type { Target } from './ports.ts';

const states = { free: 0, waiting: 1, sent: 2, abandoned: 3 } as const;

/** Shard queries under way; the index is the ticket that the target knows. */
export class QueryTable {
  readonly shard: Int32Array;
  /** Index into the operation table. */
  readonly place: Int32Array;
  readonly statements: Int32Array;
  /** NaN until it has a connection. */
  readonly acquiredNs: Float64Array;
  highest = 0;
  private readonly places: Places;
  private readonly state: Uint8Array;

  constructor(capacity: number) {
    this.places = new Places(capacity);
    this.shard = new Int32Array(capacity);
    this.place = new Int32Array(capacity);
    this.statements = new Int32Array(capacity);
    this.acquiredNs = new Float64Array(capacity);
    this.state = new Uint8Array(capacity);
  }

  get used(): number {
    return this.places.used;
  }

  open(place: number, shard: number, statements: number): number {
    const ticket = this.places.take();
    if (ticket >= this.highest) this.highest = ticket + 1;
    this.place[ticket] = place;
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
      if (operations.awaits(this.place[ticket] ?? 0)) continue;
      if ((this.acquiredNs[ticket] ?? 0) > sentByNs) continue;
      this.state[ticket] = states.abandoned;
      target.abandon(ticket);
    }
  }

  close(ticket: number): void {
    this.state[ticket] = states.free;
    this.places.give(ticket);
  }
}
