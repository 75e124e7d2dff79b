import type { NewIdOrder } from './id-styles.ts';

/** What `grow` reads of a scenario beside its load: its growth, what a database takes, prices. */

/** A value and how far it may be off on either side. */
export interface Uncertain {
  readonly value: number;
  readonly spread: number;
}

/** A CSV file with the shard of each tenant. */
export interface PresentMap {
  /** Relative to the scenario. */
  readonly file: string;
  readonly keyColumn: string;
  readonly shardColumn: string;
}

export interface Growth {
  /** Shard counts, one step after the other; empty where the scenario names none. */
  readonly to: readonly number[];
  /** Growth a month as a fraction; `spread` is one standard deviation of the trend. */
  readonly tenants: Uncertain;
  readonly load: Uncertain;
  /** What is stored, after retention. */
  readonly bytes: Uncertain;
  /** One standard deviation of a tenant's own growth a month around that of all. */
  readonly ownRateSpread: number;
  /** Of the trends of load, bytes and tenants, each pair of them: 0 to 1. */
  readonly correlation: number;
  /** Share of what is stored that is deleted each month, wherever it lies. */
  readonly retention: Uncertain;
  /** null: as the present tenants' ids are. */
  readonly newIds: NewIdOrder | null;
  /** Which placement the present shards have; null: nobody said. */
  readonly present: { readonly salt: string } | PresentMap | null;
  /** What there is today, where the scenario is a small copy of it; null: as in the scenario. */
  readonly now: {
    readonly loadPerSecond: number | null;
    readonly bytes: number | null;
    /** Used today by the one instance, or by all shards together; null: nobody said. */
    readonly iopsPerSecond: number | null;
    readonly walBytesPerSecond: number | null;
    readonly memoryBytes: number | null;
    readonly connections: number | null;
  };
  /** How far ahead months are counted. */
  readonly horizonMonths: number;
  /** A step is worth taking when it lasts so long. */
  readonly lastMonths: number;
  /** From the decision to the last row moved. */
  readonly leadMonths: number;
  /** Futures that are drawn. */
  readonly draws: number;
  readonly moves: MoveLimits;
}

export interface MoveLimits {
  /** Bytes copied a second, by one stream: moves follow one another. */
  readonly throttleBytesPerSecond: number;
  /** Both sides are kept in step for so long after a move is verified. */
  readonly soakMs: number;
  /** Work of copying one row, on either side, in operations of cost 1. */
  readonly rowCost: number;
}

export interface OperationCost {
  readonly name: string;
  /** Work of one execution on a database that holds everything, relative to the others. */
  readonly cost: number;
  /** The work falls with the rows of the shard, as a scan's does and a point look-up's does not. */
  readonly scan: boolean;
  /** Absent: the scenario gives it. unmeasured: it counts as 1, because nothing else is known. */
  readonly source?: 'measured' | 'unmeasured';
  /** Where it lies with 95 % confidence; null or absent: not known. */
  readonly interval?: { readonly low: number; readonly high: number } | null;
  /** The cell whose service times it follows from. */
  readonly by?: string;
  /** Whether a run showed that it is a scan, where the scenario does not say. */
  readonly scanSeen?: boolean;
}

export interface Capacity {
  /** Operations of the scenario's mix that one shard takes; null: see `instancePerSecond`. */
  readonly shardPerSecond: Uncertain | null;
  /** The same of the present, unsharded instance; null: see `shardPerSecond`. */
  readonly instancePerSecond: Uncertain | null;
  /** A shard's capacity as a share of the instance's, where only one of the two is known. */
  readonly share: number;
  /** A database counts as full at this share of its capacity or disk. */
  readonly utilisation: number;
  /** Disk of a shard, and of the instance. */
  readonly diskBytes: number;
  readonly instanceDiskBytes: number;
  /** Costs that are not 1; every operation at most once. */
  readonly operations: readonly OperationCost[];
  /** What one Postgres has been seen to do, as a bound for staying on one. */
  readonly limits: {
    readonly writesPerSecond: number;
    readonly bytes: number;
    /** Below this, size alone is no reason to shard. */
    readonly smallBytes: number;
    /** Of the instance's machine; a shard's has `share` of them. */
    readonly iopsPerSecond: number;
    readonly memoryBytes: number;
    readonly walBytesPerSecond: number;
    readonly connections: number;
    /** How long a backup and a restore may take. */
    readonly backupMs: number;
    readonly restoreMs: number;
    /** What both of them do. */
    readonly copyBytesPerSecond: number;
  };
}

/** What a recommendation must meet; null: nothing is asked. */
export interface Objectives {
  /** Of all operations, at the load of today. */
  readonly p99Ms: number | null;
  /** Times the load of today, within the utilisation. */
  readonly capacity: number | null;
  /** By the trend; null: `Growth.lastMonths`. */
  readonly months: number | null;
}

/** Prices of one month unless they say otherwise; `spread` is half of the range. */
export interface Cost {
  readonly currency: string;
  /** The present instance: machine only. */
  readonly instance: Uncertain;
  /** A shard's machine as a share of the instance's price. */
  readonly shardPrice: Uncertain;
  /** On top of each shard: backup, monitoring, room in the pools. One instance carries none. */
  readonly overhead: Uncertain;
  /** Standbys of every database. */
  readonly replicas: number;
  /** One GB (10^9 bytes). */
  readonly storagePerGb: Uncertain;
  /** People's hours for each database. */
  readonly hoursPerDatabase: Uncertain;
  readonly hourPrice: Uncertain;
  /** Queries that cross shards, rewritten once: only where one instance becomes several shards. */
  readonly engineering: {
    readonly engineers: number;
    readonly engineerPrice: Uncertain;
    /** Share of their time, and for how many months. */
    readonly share: Uncertain;
    readonly months: number;
    /** Months over which the bill is spread. */
    readonly spreadMonths: number;
  };
}
