import type { Durability } from '../scenario/types.ts';

/** How to reach one shard. Never printed: it holds a password. */
export interface ShardConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** A database that exists and from which others can be created and dropped. */
  readonly maintenanceDatabase: string;
}

export interface FleetRequest {
  readonly shards: number;
  readonly connectionsPerShard: number;
  readonly durability: Durability;
  /** Rows and indexes of all shards together, for the check of the disk. */
  readonly dataBytes: number;
}

export interface RunningFleet {
  readonly shards: readonly ShardConnection[];
  /** File system that holds the data, in words. */
  readonly fileSystem: string;
  /** Rejects when a shard stops by itself; never resolves. */
  readonly failure: Promise<never>;
  /** Ends every shard and removes what it left. Safe to call twice. */
  stop(): Promise<void>;
}

/** Where shards come from. */
export interface Fleet {
  readonly name: string;
  start(request: FleetRequest, signal: AbortSignal): Promise<RunningFleet>;
}
