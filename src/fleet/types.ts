import type { ShardAddress } from '../base/shard-address.ts';
import type { FleetName } from './names.ts';
import type { Durability, Topology } from '../scenario/types.ts';

export interface FleetRequest {
  readonly shards: number;
  readonly connectionsPerShard: number;
  readonly durability: Durability;
  /** Rows and indexes of all shards together, for the check of the disk. */
  readonly dataBytes: number;
  /** Limits of one shard, where the fleet can set them; none when null or left out. */
  readonly quota?: Topology['quota'];
}

/** Running totals of the CPU scheduler for one shard; take two and subtract. */
export interface Throttling {
  /** Scheduler periods in which the shard wanted to run. */
  readonly periods: number;
  /** Those in which it used up its quota and was held back. */
  readonly throttled: number;
}

export type Fault =
  /** An orderly shutdown. */
  | { readonly kind: 'stop' }
  /** SIGKILL to every process of the shard. */
  | { readonly kind: 'kill' }
  /** Frozen: connections stay open and nothing answers. */
  | { readonly kind: 'pause' }
  /** Off the network. */
  | { readonly kind: 'disconnect' }
  /** Another CPU limit. */
  | { readonly kind: 'cpu'; readonly cores: number };

/** Undoes a fault; resolves when the shard answers again. */
export type Heal = () => Promise<void>;

export interface RunningFleet {
  /** Grows by `add`. */
  readonly shards: readonly ShardAddress[];
  /** What the shards are, in words: engine, image, limits. */
  readonly description: string;
  /** Things a person should know about these shards, in full sentences. */
  readonly notes: readonly string[];
  /** Limit of one shard's memory; absent where the fleet sets none. */
  readonly memoryBytes?: number;
  /** File system that holds the data, in words. */
  readonly fileSystem: string;
  /** Rejects when a shard stops by itself; never resolves. */
  readonly failure: Promise<never>;
  /** One entry for each shard; null where it has no CPU quota or nobody counts. */
  throttling(): Promise<readonly (Throttling | null)[]>;
  /**
   * Main processes of the shards' servers as this machine numbers them, and what carries their
   * traffic; fewer than there are shards, or absent: not all are on it.
   */
  processes?(): Promise<readonly number[]>;
  /** Ends every shard and removes what it left. Safe to call twice. */
  stop(): Promise<void>;
  /**
   * Refuses rows and indexes of all shards together for which the disk has no room, when these are
   * known better than at the start. A fleet that cannot tell leaves it out.
   */
  readonly checkDisk?: (dataBytes: number) => Promise<void>;
  /** Starts one shard more. A fleet that cannot leaves it out. */
  readonly add?: (signal: AbortSignal) => Promise<ShardAddress>;
  /** Breaks a shard on purpose, which `failure` then ignores. A fleet that cannot leaves it out. */
  readonly inject?: (shard: number, fault: Fault) => Promise<Heal>;
}

/** Where shards come from. */
export interface Fleet {
  readonly name: FleetName;
  start(request: FleetRequest, signal: AbortSignal): Promise<RunningFleet>;
}
