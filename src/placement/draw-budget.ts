import type { ComparedKey } from './compared-key.ts';
import type { RouterCandidate } from './router-candidates.ts';

/** A p95 of this many is stable to about 0.01 of max/mean with a thousand tenants. */
const placementDrawsMax = 1000;
const placementDrawsMin = 10;
const movementDrawsMax = 100;
const movementDrawsMin = 3;

/**
 * Look-ups for one router and one shard key. They bound the draws, not a clock: the same scenario
 * gives the same table on every machine. With more keys fewer draws tell the same, as the spread of
 * a placement falls as 1/sqrt(keys).
 */
const placementRoutes = 1_000_000;
const movementRoutes = 300_000;

/** Placements that a band is over. */
export function placementDraws(candidate: RouterCandidate, key: ComparedKey): number {
  const each = key.load.keys.count + keysToBuild(candidate, key);
  return bounded(placementRoutes / each, placementDrawsMin, placementDrawsMax);
}

/** Placements that movement is over: each is routed before and after. */
export function movementDraws(candidate: RouterCandidate, key: ComparedKey): number {
  const each = 2 * (key.sample.keys.count + keysToBuild(candidate, key));
  return bounded(movementRoutes / each, movementDrawsMin, movementDrawsMax);
}

/** A router that places known keys touches each of them when it is built. */
function keysToBuild({ definition }: RouterCandidate, { known }: ComparedKey): number {
  return definition.traits.placesKnownKeys ? known.count : 0;
}

function bounded(draws: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.floor(draws)));
}

/** What a router that is slow on many shards is cut down to, when one draw takes so long. */
export function cutDraws(draws: number, msEach: number, limitMs: number): number {
  const few = [300, 100, 30, 10, 3, 1].find((fewer) => fewer * msEach <= limitMs) ?? 1;
  return draws * msEach <= limitMs ? draws : Math.min(draws, few);
}
