import { assert } from '../base/assert.ts';
import type { PlacedKey } from '../placement/placed-key.ts';
import { routePlan, shardOfRow } from '../traffic/route-plan.ts';
import type { Router } from '../router/contract.ts';
import type { Operation } from '../scenario/types.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import { arrivalStream } from '../workload/arrivals.ts';
import { classify, keyBinding } from '../workload/classify.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { measurePhase } from '../workload/phases.ts';
import { storedBytes } from '../workload/tables/stored-tables.ts';
import { layoutOf } from '../workload/tables/table-writes.ts';
import type { Phase, Workload } from '../workload/types.ts';
import { tableTouches } from './table-touches.ts';

/** How often each operation touches each shard: P(operation touches shard), by operation. */
export type Touches = readonly Float64Array[];

/** Arrivals that are routed to learn what weights do not say: 0.3 % standard error of a half. */
const sampleMin = 30_000;
const sampleMax = 200_000;

/**
 * P(o touches j) for every operation and shard. Where an operation names no key it is 1, and where
 * it addresses one whole tenant it follows from the tenants' weights exactly; everything else is
 * counted over the arrivals of the scenario, drawn on where there are few.
 */
export function touches(
  workload: Workload,
  plan: ArrivalPlan,
  key: PlacedKey,
  router: Router,
): Touches {
  const { operations } = workload;
  const layout = layoutOf(workload, key.name);
  if (layout !== null) return tableTouches(workload, plan, layout, sampleMax).touchesOf(router);
  const ways = operations.map((operation) => wayOf(workload, operation, key));
  const shares = ways.includes('tenant') ? keyShares(router, key.known) : null;
  const counted = ways.includes('counted') ? countedTouches(workload, plan, key, router) : [];
  return ways.map((way, operation) => {
    if (way === 'everywhere') return new Float64Array(router.shardCount).fill(1);
    return (way === 'tenant' ? shares : counted[operation]) ?? new Float64Array(router.shardCount);
  });
}

/** Share of the load of all keys that a router sends to each shard. */
export function keyShares(router: Router, known: LoadedKeys): Float64Array {
  return sharesBy(router, known, known.weights);
}

/**
 * Share of all loaded rows that lies on each shard; of a scenario with tables of their bytes, with
 * what each shard holds besides.
 */
export function rowShares(workload: Workload, key: PlacedKey, router: Router): Float64Array {
  const { bytesOf } = key.known;
  if (bytesOf !== undefined) {
    return storedShares(workload, key.name, sharesBy(router, key.known, bytesOf));
  }
  if (key.split === null) return sharesBy(router, key.known, key.known.rows);
  const { rows } = workload;
  const shares = new Float64Array(router.shardCount);
  const shardOf = shardOfRow(workload, router, key.name, key.split);
  for (let row = 0; row < rows.count; row += 1) {
    const shard = shardOf(rows.tenantOf[row] ?? 0, row);
    shares[shard] = (shares[shard] ?? 0) + 1 / rows.count;
  }
  return shares;
}

/**
 * Share of all bytes on each shard, from that of the tables that lie by the key: every shard has
 * the reference tables, and shard 0 has what is at home. Tables by a key of their own are even.
 */
export function storedShares(
  workload: Workload,
  keyName: string,
  keyed: Float64Array,
): Float64Array {
  const layout = layoutOf(workload, keyName);
  if (layout === null) return keyed;
  const { keyed: byKey, ownKey, reference, home } = storedBytes(workload, layout);
  const all = byKey + ownKey + reference + home;
  if (all === 0) return keyed;
  const shards = keyed.length;
  return keyed.map((share, shard) => {
    const own = (byKey === 0 ? 0 : share * byKey) + ownKey / shards + reference;
    return (shard === 0 ? own + home : own) / all;
  });
}

function sharesBy(
  router: Router,
  { count, bytes, offsets }: LoadedKeys,
  amounts: ArrayLike<number>,
): Float64Array {
  const shares = new Float64Array(router.shardCount);
  let total = 0;
  for (let key = 0; key < count; key += 1) {
    const shard = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
    shares[shard] = (shares[shard] ?? 0) + (amounts[key] ?? 0);
    total += amounts[key] ?? 0;
  }
  return shares.map((share) => share / total);
}

/** How the shards that an operation touches are found. */
export function wayOf(
  workload: Workload,
  operation: Operation,
  { name, split }: PlacedKey,
): 'everywhere' | 'tenant' | 'counted' {
  const routing = classify(operation, name, split?.by ?? null);
  if (routing === 'scatter-gather') return 'everywhere';
  const column = workload.columns.find((each) => each.name === name);
  const isOwn = operation.statements.every(
    (statement) => keyBinding(statement, name)?.other === false,
  );
  const isTenant = column?.generator.kind === 'tenant' && split === null && isOwn;
  return routing === 'single-shard' && isTenant ? 'tenant' : 'counted';
}

function countedTouches(
  workload: Workload,
  plan: ArrivalPlan,
  { name, split }: PlacedKey,
  router: Router,
): Float64Array[] {
  const route = routePlan(workload, router, name, split);
  const stream = arrivalStream(workload, lengthened(workload, plan));
  const touched = workload.operations.map(() => new Float64Array(router.shardCount));
  const arrivals = new Float64Array(workload.operations.length);
  const shards = new Int32Array(router.shardCount);
  const statements = new Int32Array(router.shardCount);
  while (stream.arrivals < sampleMax && stream.next()) {
    const { operation, tenant, row } = stream;
    const fanOut = route.route(operation, tenant, row, shards, statements);
    const own = touched[operation];
    assert(own !== undefined, 'an operation of the workload');
    arrivals[operation] = (arrivals[operation] ?? 0) + 1;
    for (let i = 0; i < fanOut; i += 1) own[shards[i] ?? 0] = (own[shards[i] ?? 0] ?? 0) + 1;
  }
  return touched.map((own, operation) => own.map((n) => n / Math.max(1, arrivals[operation] ?? 0)));
}

/**
 * The measured phase for so long that enough arrivals come, as far as time can be counted. Its
 * first ones are taken for all, so that tenants who join or leave have their shares from the start.
 */
export function lengthened(workload: Workload, { measure }: ArrivalPlan): Phase {
  const factor = Math.ceil(sampleMin / Math.max(1, measure.arrivals));
  const longestMs = Math.floor(Number.MAX_SAFE_INTEGER / 1e6);
  const durationMs = Math.min(workload.durationMs * factor, longestMs);
  return { ...measurePhase(workload, measure.firstNewRow), durationMs, who: 'onAverage' };
}
