import { IntQueue } from './slots.ts';

/** The bounded work of one shard: idle connections, and the queries that wait for one. */
export class Lane {
  idle: number;
  readonly queue: IntQueue;

  constructor(connections: number, queueLength: number) {
    this.idle = connections;
    this.queue = new IntQueue(queueLength);
  }
}
