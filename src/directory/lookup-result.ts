import { distributionMs } from '../metrics/percentiles.ts';
import type { LookupResult } from '../result/lookup.ts';
import type { CacheCounts } from './cached-routes.ts';
import type { PlannedMove } from './lookup-move.ts';
import type { CurvePoint } from './lookup-replay.ts';
import type { Lookups } from './lookups.ts';

/** What a cell's look-ups came to, besides what they counted. */
export interface LookupFacts {
  readonly place: string;
  readonly keys: number;
  readonly cacheSize: number;
  readonly ttlMs: number;
  readonly connections: number;
  readonly counts: Readonly<CacheCounts>;
  readonly lookups: Pick<Lookups, 'latency' | 'queries' | 'failures'>;
  /** Time that operations spent waiting for look-ups. */
  readonly waitedNs: number;
  readonly move: {
    readonly plan: PlannedMove;
    readonly tenant: string;
    readonly atMs: number;
  } | null;
  /** Rows on the shard it left, when its entry was switched and at the end; null: not switched. */
  readonly rowsLeft: { readonly switched: number; readonly ended: number } | null;
  /** The same and other sizes of cache, replayed; null without a schedule to replay. */
  readonly curve: readonly CurvePoint[] | null;
}

/** The cell's part of the result. */
export function lookupResult(facts: LookupFacts): LookupResult {
  const { counts, lookups, waitedNs, curve, move, rowsLeft } = facts;
  const own = curve?.find(({ cacheSize }) => cacheSize === facts.cacheSize);
  return {
    place: facts.place,
    keys: facts.keys,
    cacheSize: facts.cacheSize,
    ttlMs: facts.ttlMs,
    connections: facts.connections,
    ...tally(counts),
    waited: counts.waited,
    staleFraction: share(counts.stale, counts),
    queries: lookups.queries,
    failures: lookups.failures,
    lookupMs: distributionMs(lookups.latency),
    addedMs: counts.arrivals === 0 ? null : waitedNs / 1e6 / counts.arrivals,
    move:
      move === null
        ? null
        : {
            tenant: move.tenant,
            from: move.plan.from,
            to: move.plan.to,
            atMs: move.atMs,
            lastStaleMs: counts.stale === 0 ? null : counts.lastStaleNs / 1e6,
            // Rows go too, so this is a lower bound where the scenario deletes.
            rowsStranded:
              rowsLeft === null ? null : Math.max(0, rowsLeft.ended - rowsLeft.switched),
          },
    replay: own === undefined ? null : tally(own.counts),
    curve: (curve ?? []).map((point) => ({
      cacheSize: point.cacheSize,
      hitRate: share(point.counts.hits, point.counts),
      staleRoutes: point.counts.stale,
    })),
  };
}

function tally(counts: Readonly<CacheCounts>): NonNullable<LookupResult['replay']> {
  return {
    hits: counts.hits,
    misses: counts.misses,
    hitRate: share(counts.hits, counts),
    staleRoutes: counts.stale,
    wrongShardReads: counts.staleReads,
    wrongShardWrites: counts.staleWrites,
  };
}

/** Of all keys that were routed; null where none was. */
function share(part: number, { hits, misses }: Readonly<CacheCounts>): number | null {
  return hits + misses === 0 ? null : part / (hits + misses);
}
