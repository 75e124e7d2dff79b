import type { Finding, Unworded } from './finding.ts';

/**
 * The output document of `route --compare`, `"schema": "shardlab/router-comparison/v2"`: what each
 * router would do with the tenants of a scenario, so that a person can choose. Computed without a
 * database; only `cost` is measured, on the machine that made it.
 */
export interface RouterComparison {
  readonly schema: 'shardlab/router-comparison/v2';
  readonly scenario: string;
  readonly seed: number;
  readonly arrivalsDigest: string;
  readonly shardCount: number;
  /** The next step of growth, which movement is about. */
  readonly nextShardCount: number;
  /** Relative capacity of each shard now. */
  readonly weights: readonly number[];
  /** How far the tenants' weights are taken to drift until the placement is looked at again. */
  readonly drift: AssumedDrift;
  /** The candidate shard keys, in the order of the scenario. */
  readonly shardKeys: readonly ComparedShardKey[];
}

export interface ComparedShardKey {
  readonly shardKey: string;
  readonly keyType: string;
  /** Distinct values in the loaded rows: what moves. */
  readonly loadedKeys: number;
  /** Distinct values that carry the load that is placed. */
  readonly loadKeys: number;
  /** writes: of the measured arrivals; weights: shares of the load, where nothing is written. */
  readonly load: 'writes' | 'weights';
  /** Share of the measured operations that go to all shards, whatever the router. */
  readonly scatterFraction: number;
  readonly idealMaxOverMean: number | null;
  readonly tenantFloor: number | null;
  /** What the next step moves at least when all shards have their due share before and after. */
  readonly optimalFraction: number;
  /** By rank, the best first. */
  readonly routers: readonly ComparedRouter[];
  readonly refused: readonly RefusedRouter[];
}

export interface ComparedRouter {
  /** As a scenario names it: `ring:150`. */
  readonly router: string;
  readonly hash: string | null;
  /** The scenario's strategy that this is; null for one that the scenario does not name. */
  readonly strategy: string | null;
  readonly placement: ComparedPlacement;
  /** null: why stands in `notes`. */
  readonly movement: ComparedMovement | null;
  readonly cost: RouterCost;
  readonly traits: ComparedTraits;
  /** The system whose placement it reproduces. */
  readonly reproduces: string | null;
  /** Warnings of the router, and what could not be computed. */
  readonly notes: readonly Finding[];
}

/** max/mean of the load of the shards. */
export interface ComparedPlacement {
  /** Of the placement that there is: one draw, where there is a band. */
  readonly maxOverMean: number;
  /** null where the placement follows from the keys, so that it is no draw. */
  readonly band: PlacementDraws | null;
  /** Best and worst rank among the routers of this shard key; a range where bands overlap. */
  readonly rank: { readonly from: number; readonly to: number };
  readonly noDifferenceFrom: readonly string[];
  /**
   * null where the load of a tenant is not known: nothing is written, and the key is not its id.
   */
  readonly afterDrift: (DriftedPlacement & Ranked) | null;
}

/** Among the routers of a shard key, by another measure than the present placement. */
export interface Ranked {
  readonly rank: { readonly from: number; readonly to: number };
  readonly noDifferenceFrom: readonly string[];
}

export interface AssumedDrift {
  /** Each weight is multiplied by exp(sigma z), z standard normal. */
  readonly sigma: number;
  /** files: the standard deviation of ln(later / now) over the tenants of two files. */
  readonly from: 'default' | 'given' | 'files';
  /** Tenants that are in both files; null without a second one. */
  readonly tenants: number | null;
}

/** max/mean over so many drifts of the tenants' weights, with the placement left as it is. */
export interface DriftedPlacement {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly draws: number;
}

/** max/mean over so many placements, each of them as likely as the one that there is. */
export interface PlacementDraws {
  readonly p5: number;
  readonly p50: number;
  readonly p95: number;
  readonly draws: number;
  /** salts: of the hash. keys: the hash is fixed, and the tenants are given other ids. */
  readonly over: 'salts' | 'keys';
}

/** Smallest, middle and largest over the draws; equal where there is one placement. */
export interface MovedFraction {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface ComparedMovement {
  readonly keysMovedFraction: MovedFraction;
  readonly rowsMovedFraction: MovedFraction;
  readonly bytesMovedFraction: MovedFraction;
  readonly loadMovedFraction: MovedFraction;
  /** Whether in no draw a key moved between two old shards. */
  readonly monotone: boolean;
  readonly draws: number;
  /** Keys that were routed in each of them: all, or a sample of many. */
  readonly keys: number;
}

/** Measured in this process on this machine; null where nothing was measured. */
export interface RouterCost {
  /** One look-up with the hash of the key, the best of several passes over the loaded keys. */
  readonly lookupNs: number | null;
  /** What one router holds in memory at this size. */
  readonly memoryBytes: number | null;
}

/** What the router declares; `lookup` and `memory` in shards n, keys k and its parameter. */
export interface ComparedTraits {
  readonly lookup: string;
  readonly memory: string;
  readonly monotone: boolean;
  readonly weighted: boolean;
  readonly ordered: boolean;
  readonly removesAny: boolean;
}

export interface RefusedRouter {
  readonly router: string;
  readonly strategy: string | null;
  readonly reason: Finding;
}

/** As the arithmetic leaves it: what is said of its routers has no sentences yet. */
export type ComparedKeyFacts = Unworded<ComparedShardKey>;
export type ComparedRouterFacts = Unworded<ComparedRouter>;
export type RefusedRouterFacts = Unworded<RefusedRouter>;
