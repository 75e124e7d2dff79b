import { IntQueue } from './int-queue.ts';

/** The bounded work of one shard: its connections, and the queries that wait for one. */
export class Lane {
  /** Connections that a query can have now. */
  idle: number;
  /** Connections kept for staged queries that are not due yet: nothing runs on them. */
  staged = 0;
  readonly queue: IntQueue;

  constructor(connections: number, queueLength: number) {
    this.idle = connections;
    this.queue = new IntQueue(queueLength);
  }

  /** Whether a query more can be sent, or at least wait. */
  hasRoom(): boolean {
    return this.idle > 0 || this.queue.length < this.queue.capacity;
  }

  /** Whether every connection has a query under way. */
  isFull(): boolean {
    return this.idle + this.staged === 0;
  }
}
