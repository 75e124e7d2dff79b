import type { PlacedKey } from '../placement/placed-key.ts';
import { present } from '../base/assert.ts';
import type { PackedKeys } from '../base/keys.ts';
import { bandSalt } from '../metrics/placement-band.ts';
import { drawKind } from '../placement/draws.ts';
import type { Placed } from '../placement/movement.ts';
import { routersAlong } from '../placement/path-movement.ts';
import { relabelledKeys } from '../placement/relabelled-keys.ts';
import { definitionOf, type RouterSpec } from '../router/build-router.ts';
import type { Router } from '../router/contract.ts';
import type { Strategy } from '../scenario/types.ts';
import { type Candidate, candidateWith, insertedShares } from './candidate.ts';
import { demandOf } from './demand.ts';
import { correctSpread, drawnKeys, type DrawnKeys, type DrawnShares } from './drawn-keys.ts';
import type { GrowthContext, GrowthStrategy } from './growth-case.ts';
import { storedShares, type Touches, wayOf } from './touches.ts';
import { isTenantKey } from '../workload/tenant-key.ts';

/** How many placements a row stands for: a p5 and a p95 with ten on either side. */
export const placementCount = 200;

export interface PlacementDraws {
  /** salts: of the hash. keys: the hash is fixed, and the tenants are given other ids. */
  readonly over: 'salts' | 'keys';
  /** By step of the path, then by draw. */
  readonly steps: readonly (readonly Candidate[])[];
}

/**
 * What a strategy makes of the path with other salts of its hash, whatever its own is; null where
 * the placement is no draw: it follows from the keys, or is known.
 *
 * @param own candidates of the scenario's own salt, for what no salt changes
 */
export function placementDraws(
  context: GrowthContext,
  grown: GrowthStrategy,
  key: PlacedKey,
  own: readonly Candidate[],
): PlacementDraws | null {
  const { strategy, placements, isKnown } = grown;
  const over = drawKind({ definition: definitionOf(strategy), spec: strategy });
  if (over === null || isKnown || isUnbanded(grown, key)) return null;
  const keys = drawnKeys(key.known);
  const shares = placements.map((): DrawnShares[] => []);
  for (let draw = 0; draw < context.placements; draw += 1) {
    const routers = over === 'salts' ? saltedAlong(grown, key, draw) : routersOf(grown);
    const routed = over === 'salts' ? keys.keys : relabelledKeys(keys.keys, draw);
    for (const [step, router] of routers.entries()) {
      present(shares[step], 'shares of a step').push(sharesBy(router, routed, keys));
    }
  }
  const ways = context.workload.operations.map((each) => wayOf(context.workload, each, key));
  const steps = shares.map((draws, step) => {
    correctSpread(draws, keys);
    const { topology } = present(placements[step], 'placement of a step');
    const actual = present(own[step], 'candidate of a step');
    return draws.map((draw) => {
      const touched = drawnTouches(ways, actual.touched, draw.load);
      const rows = storedShares(context.workload, key.name, draw.rows);
      const demand = demandOf(actual.mix, touched, rows, topology.weights, context.now.unitWeight);
      return candidateWith(context.database, strategy, topology, {
        mix: actual.mix,
        touched,
        demand,
        rows,
        inserted: insertedShares(context.workload, touched),
        // New tenants fall where the present ones did, each as likely as the other.
        newTenants: isTenantKey(context.workload, strategy.key) ? [draw.count] : null,
      });
    });
  });
  return { over, steps };
}

/** Pieces of split tenants are placed by a second column, which is not drawn. */
export function isUnbanded({ strategy, isKnown }: GrowthStrategy, { split }: PlacedKey): boolean {
  if (isKnown || split === null) return false;
  return drawKind({ definition: definitionOf(strategy), spec: strategy }) !== null;
}

const routersOf = ({ placements }: GrowthStrategy): readonly Router[] =>
  placements.map(({ router }) => router);

/** Routers along the path with the salt of a draw. */
function saltedAlong({ strategy, placements }: GrowthStrategy, key: PlacedKey, draw: number) {
  const path = placements.map(({ topology }) => topology);
  return routersAlong(saltedBy(strategy, draw), path, key);
}

/** The strategy with the salt of a draw. */
export const saltedBy = (strategy: Strategy & RouterSpec, draw: number): Strategy & RouterSpec => ({
  ...strategy,
  salt: bandSalt(draw),
});

/** One placement of a draw, to be worked out in full. */
export function drawnPlacement(
  grown: GrowthStrategy,
  key: PlacedKey,
  draw: number,
  step: number,
): Placed {
  const { topology } = present(grown.placements[step], 'placement of a step');
  const router = present(saltedAlong(grown, key, draw)[step], 'router of a step');
  return { router, topology };
}

function sharesBy(
  router: Router,
  { count, bytes, offsets }: PackedKeys,
  keys: DrawnKeys,
): DrawnShares {
  const load = new Float64Array(router.shardCount);
  const rows = new Float64Array(router.shardCount);
  const number = new Float64Array(router.shardCount);
  for (let key = 0; key < count; key += 1) {
    const shard = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
    load[shard] = (load[shard] ?? 0) + (keys.load[key] ?? 0);
    rows[shard] = (rows[shard] ?? 0) + (keys.rows[key] ?? 0);
    number[shard] = (number[shard] ?? 0) + (keys.count[key] ?? 0);
  }
  return { load, rows, count: number };
}

/**
 * How often operations touch each shard: as often as its share of the load says, and where one asks
 * several shards as often as it would meet the shard in so many tries.
 */
function drawnTouches(
  ways: readonly ('everywhere' | 'tenant' | 'counted')[],
  actual: Touches,
  shares: Float64Array,
): Touches {
  return ways.map((way, operation) => {
    const own = present(actual[operation], 'touches of an operation');
    // What is asked for nowhere is not run.
    if (way === 'everywhere' || own.every((each) => each === 0)) return own;
    const tries = way === 'tenant' ? 1 : triesOf(own);
    return tries === 1 ? shares : shares.map((share) => 1 - (1 - share) ** tries);
  });
}

/** Shards drawn evenly until so many different ones are met on average as were counted. */
function triesOf(touched: Float64Array): number {
  const met = touched.reduce((sum, each) => sum + each, 0);
  const shards = touched.length;
  // Counting is off by a little: one shard each is one shard each.
  if (met <= 1.01 || shards === 1) return 1;
  if (met >= shards - 0.01) return 1000;
  return Math.log(1 - met / shards) / Math.log(1 - 1 / shards);
}
