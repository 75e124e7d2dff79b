/** What `simulate` takes a shard to be: servers with one queue in front of them. */
export interface Simulation {
  /** Shard queries that one shard works on at once. */
  readonly servers: number;
  /** CPU cores of one machine that all shards are on; null: each shard has a machine of its own. */
  readonly cores: number | null;
  /** Added to each shard query: it holds its connection so long, but no server. */
  readonly networkMs: number;
  /** Time that one server works on a query of an operation without an entry of its own. */
  readonly service: ServiceTime;
  /** By name of the operation. */
  readonly operations: Readonly<Record<string, ServiceTime>>;
  /** Shards that take so many times as long for everything. */
  readonly slow: readonly { readonly shard: number; readonly factor: number }[];
  /** Whether the topology's CPU quota holds a shard back, as it does containers. */
  readonly quota: boolean;
  /** What slows all shards at once; null: nothing, each shard is slow by itself. */
  readonly stalls: Stalls | null;
}

/** What shards of one machine share: checkpoints, a neighbour, the disk. */
export interface Stalls {
  /** Standard deviation of the logarithm of what each second's service times are multiplied by. */
  readonly sigma: number;
  /** All shards stand still so long, so often on average; null: never. */
  readonly stops: { readonly everyMs: number; readonly lastsMs: number } | null;
}

/** Of an operation whose time falls with the rows of the shard, as a scan's does. */
export interface RowDependence {
  /**
   * Part of the time that is proportional to the rows; null: nobody knows, it was seen at one
   * count.
   */
  readonly share: number | null;
  /** The stated time is that on so many rows; null: on all that the scenario has. */
  readonly rows: number | null;
}

/** `scan` absent: the same time on every shard. */
export type ServiceTime = ServiceShape & { readonly scan?: RowDependence };

type ServiceShape =
  | { readonly kind: 'constant'; readonly ms: number }
  | { readonly kind: 'exponential'; readonly meanMs: number }
  /** ln(time) is normal with the standard deviation `sigma`. */
  | { readonly kind: 'lognormal'; readonly meanMs: number; readonly sigma: number }
  /** What was measured: an HDR histogram (V2, compressed, base64, nanoseconds) x `factor`. */
  | { readonly kind: 'histogram'; readonly base64: string; readonly factor: number };
