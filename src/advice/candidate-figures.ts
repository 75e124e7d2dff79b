import type { LostConstraint } from '../scenario/layout-types.ts';
import type { Uncertain } from '../scenario/growth-types.ts';
import type { WorkParts } from './work.ts';

/** A shard key, as far as rules ask for it. */
export interface KeyFacts {
  readonly key: string;
  /** Different ones in the rows. */
  readonly values: number;
  /** Load of the values, as shares of all, the heaviest first. */
  readonly heaviest: Float64Array;
  /** Whether its values are the tenants. */
  readonly isTenant: boolean;
  /** Share of the rows without a value. */
  readonly nullFraction: number;
  /** Share of the operations that change a row's value, and which these are. */
  readonly changed: Named;
  /** Share of the operations that cannot run on shards. */
  readonly notRunnable: Named;
  /** New rows have ever higher values. */
  readonly rises: boolean;
  readonly lost: readonly LostConstraint[];
  /** Tables that every shard has whole. */
  readonly reference: readonly string[];
  readonly apart: Apart;
}

/**
 * Writes that may be parts of transactions on two shards, where nobody knows what runs in one: to
 * tables that lie by keys of their own, apart from those of the shard key that they belong to.
 */
export interface Apart extends Named {
  readonly tables: readonly string[];
}

export interface Named {
  readonly fraction: number;
  readonly operations: readonly string[];
}

/** What operations ask of the shards, as shares of all of them. */
export interface Asked {
  readonly singleShardFraction: number;
  /** Transactions that write, or lock what they read, on two shards or more. */
  readonly crossShardFraction: number;
  readonly scatterFraction: number;
  /** Shards that an operation touches, on average. */
  readonly fanOut: number;
}

/** Where the load lies, over draws of the placement; one draw where it is none. */
export interface Placed {
  readonly over: 'salts' | 'keys' | 'futures' | null;
  /** Share of the load on the fullest shard, by draw. */
  readonly largest: Float64Array;
  /** Share of the bytes on the shard with most of them, in the middle draw and in a bad one. */
  readonly bytes: { readonly p50: number; readonly p95: number };
  /** Of the keys, the share on the fullest shard, in the middle draw. */
  readonly keysFraction: number;
}

/** Rows that must not share a shard with others. */
export interface Residence {
  /** Of all rows that have a value of the key, those that do share one. */
  readonly outsideFraction: number;
  readonly key: string;
  readonly apart: readonly string[];
}

/** A strategy on a number of shards, measured. */
export interface MeasuredCandidate {
  readonly strategy: string;
  readonly router: string;
  readonly shardCount: number;
  readonly key: KeyFacts;
  readonly asked: Asked;
  readonly work: WorkParts;
  readonly placed: Placed;
  /** Absent: rows may lie anywhere. */
  readonly residence?: Residence;
  /** What is laid over the router; absent: nothing. */
  readonly overlay?: LaidOver;
  /** Absent: nobody chose its salt. */
  readonly chosenSalt?: SaltChoice;
  readonly traits: {
    /** Neighbouring keys lie together. */
    readonly ordered: boolean;
    /** Some keys are listed: somebody must keep that list. */
    readonly listed: boolean;
    /** The heaviest values lie on several shards each. */
    readonly splits: boolean;
    /** It places as another system does, which whoever has that system will ask for by name. */
    readonly preset: boolean;
  };
  readonly monthlyCost: number;
  /** Infrastructure as a multiple of the present one. */
  readonly costRatio: number;
  /** Twice as many shards; null: the router cannot do that. */
  readonly nextStep: NextStep | null;
}

/** What adding shards moves, at today's size. */
export interface NextStep {
  readonly shardCount: number;
  /** Of the load. */
  readonly movedFraction: number;
  readonly bytes: number;
  /** Until nothing is written on both sides any more. */
  readonly hours: number;
}

/** A salt that was chosen; max/mean of the load of the shards, beside the middle of other salts. */
export interface SaltChoice {
  readonly salt: string;
  /** Among so many. */
  readonly tried: number;
  readonly now: Beside;
  /** On twice as many shards. */
  readonly doubled: Beside;
  readonly after: readonly {
    readonly months: number;
    /** Over futures in which it was not chosen. */
    readonly own: { readonly p5: number; readonly p50: number; readonly p95: number };
    readonly median: number;
  }[];
}

interface Beside {
  readonly own: number;
  readonly median: number;
}

/** Keys that a list takes from the router, as shares of the load from which on it does. */
export interface LaidOver {
  /** null: none is pinned. */
  readonly pinAbove: number | null;
  /** Pinned ones have their shards to themselves. */
  readonly exclusive: boolean;
  /** null: none is split. */
  readonly splitAbove: number | null;
  /** Pieces of each that is split. */
  readonly over: number;
  /** How many it takes today. */
  readonly keys: number;
}

/** One that cannot be built at all. */
export interface RefusedCandidate
  extends Pick<MeasuredCandidate, 'strategy' | 'router' | 'shardCount' | 'key' | 'monthlyCost'> {
  readonly problems: readonly string[];
}

/** What a trend is known to be: growth a month. */
export interface Trends {
  readonly load: Uncertain;
  readonly bytes: Uncertain;
}

/** What is the same for all candidates. */
export interface Setting {
  readonly now: {
    /** Operations a second at the peak. */
    readonly qps: number;
    readonly bytes: number;
    readonly writeFraction: number;
  };
  readonly trends: Trends;
  /** Operations of the mix a second that one database takes at least; null: nobody said. */
  readonly capacity: { readonly shard: number; readonly instance: number } | null;
  /** A shard's capacity over the instance's. */
  readonly capacityShare: number;
  readonly utilisation: number;
  readonly diskBytes: number;
  readonly instanceDiskBytes: number;
  readonly limits: InstanceLimits;
  readonly use: Use;
  readonly instanceCost: number;
  readonly currency: string;
  readonly objectives: Objectives;
  readonly leadMonths: number;
  readonly horizonMonths: number;
}

/** What one Postgres, or the machine of the present one, is not to exceed. */
export interface InstanceLimits {
  readonly writesPerSecond: number;
  readonly bytes: number;
  readonly iopsPerSecond: number;
  readonly walBytesPerSecond: number;
  readonly memoryBytes: number;
  readonly connections: number;
  /** How long a backup or a restore may take, at `copyBytesPerSecond`. */
  readonly backupMs: number;
  readonly restoreMs: number;
  readonly copyBytesPerSecond: number;
}

/** What is used today, by what it grows with; null: nobody said. */
export interface Use {
  readonly iopsPerOperation: number | null;
  readonly walBytesPerWrite: number;
  /** false: it is the row alone, and so a lower bound. */
  readonly isWalStated: boolean;
  /** Of the stored bytes, what must be in memory. */
  readonly memoryFraction: number | null;
  /** How long an operation holds its connection. */
  readonly connectionSeconds: number | null;
}

/** Something else than shards that makes one instance do more. */
export interface MeasuredRemedy {
  readonly kind: 'larger-instance' | 'read-replicas';
  /** Times the machine, or replicas that answer reads. */
  readonly count: number;
  readonly capacityFactor: number;
  readonly monthlyCost: number;
  readonly costRatio: number;
}

/** What a candidate should be enough for. */
export interface Objectives {
  /** So many months. */
  readonly months: number;
  /** So many times the load of today, within the utilisation; null: nothing is asked. */
  readonly capacity: number | null;
  /** Of all operations at the load of today, ms; null: nothing is asked. */
  readonly p99Ms: number | null;
}
