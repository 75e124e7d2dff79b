import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { present } from '../base/assert.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { type ConnectionOptions, PooledConnection, type RunEnded } from './connection.ts';

/** A pool of connections for each shard, all of the same size, which never grows or shrinks. */
export class ConnectionPools {
  private readonly pools: readonly (readonly PooledConnection[])[];
  /** Idle connections of each shard, used as stacks: the warmest first. */
  private readonly idle: readonly PooledConnection[][];
  private readonly byPlace: readonly PooledConnection[];

  constructor(
    addresses: readonly ShardAddress[],
    connectionsPerShard: number,
    options: Omit<ConnectionOptions, 'address'>,
    ended: RunEnded,
  ) {
    this.pools = addresses.map((address, shard) =>
      Array.from(
        { length: connectionsPerShard },
        (_, i) =>
          new PooledConnection(
            shard,
            shard * connectionsPerShard + i,
            { ...options, address },
            ended,
          ),
      ),
    );
    this.idle = this.pools.map((pool) => [...pool]);
    this.byPlace = this.pools.flat();
  }

  /** Connections of all shards together. */
  get size(): number {
    return this.byPlace.length;
  }

  /** An idle connection of the shard, which works on this query from now on. */
  take(shard: number, ticket: number): PooledConnection {
    const connection = present(this.idle[shard]?.pop(), 'idle connection');
    connection.ticket = ticket;
    return connection;
  }

  release(connection: PooledConnection): void {
    connection.ticket = -1;
    present(this.idle[connection.shard], 'shard').push(connection);
  }

  at(place: number): PooledConnection {
    return present(this.byPlace[place], 'connection');
  }

  /** Cuts the connection that works on this query. */
  cut(ticket: number): void {
    for (const pool of this.pools) {
      for (const connection of pool) if (connection.ticket === ticket) connection.cut();
    }
  }

  /** Opens every connection of every shard, all at once. */
  async open(): Promise<void> {
    await Promise.all(this.byPlace.map(opened));
  }

  /**
   * Has every session report to the statistics what it did so far; false where one cannot. Nothing
   * may be under way.
   */
  async report(): Promise<boolean> {
    const told = await Promise.all(this.byPlace.map((connection) => connection.report()));
    return told.every(Boolean);
  }

  async close(): Promise<void> {
    await Promise.all(this.byPlace.map((connection) => connection.close()));
  }
}

/**
 * Longer than connecting again may take within a phase, when queries wait: nothing is measured yet,
 * and all connections of a shard are opened at once, on a part of a core perhaps.
 */
const openMs = 30_000;

async function opened(connection: PooledConnection): Promise<void> {
  try {
    await connection.connect(openMs);
  } catch (cause) {
    // What pg says when time is up; all else comes from the server or the network, with its words.
    if (!(cause instanceof Error) || cause.message !== 'timeout expired') throw cause;
    throw new UserError(
      `shard ${connection.shard} did not open a connection within ${openMs / 1000} s: the ` +
        'machine is too busy, or the shard has too little of it',
      { exitCode: exitCodes.unusable, cause },
    );
  }
}
