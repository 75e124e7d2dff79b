import type { PlacedKey } from '../placement/placed-key.ts';
import type { PackedKeys } from '../base/keys.ts';
import { routePlan } from '../traffic/route-plan.ts';
import type { Router } from '../router/contract.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import { arrivalStream } from '../workload/arrivals.ts';
import { classify, keyBinding } from '../workload/classify.ts';
import { keyColumn } from '../workload/key-column.ts';
import { layoutOf } from '../workload/tables/table-writes.ts';
import { packValues } from '../workload/packed-values.ts';
import type { Workload } from '../workload/types.ts';
import { tableTouches } from './table-touches.ts';
import { keyShares, lengthened, type Touches, wayOf } from './touches.ts';

/**
 * What `touches` says of one router, for as many as a band is over: the arrivals are drawn once,
 * and each router is then asked for the distinct values of the shard key alone.
 */
export interface TouchCounter {
  /** Of a router on as many shards. Operations of the same way share one array. */
  readonly touchesOf: (router: Router) => Touches;
  /** Keys that a router is asked for. */
  readonly routes: number;
}

/**
 * Arrivals that are drawn: by so many on each shard, chance alone adds about 2 % to the keyed work
 * of the fullest of four. Those that touch several shards cost much more, so of them there are
 * fewer.
 */
const arrivalsByShard = 4000;
const arrivalsMax = 200_000;
const severalMax = 2000;

/** Values that an operation addresses, each in a share of its arrivals. */
interface Addressed {
  readonly keys: PackedKeys;
  readonly shares: Float64Array;
}

interface Arrival {
  readonly operation: number;
  readonly tenant: number;
  readonly row: number;
}

type Way = 'everywhere' | 'tenant' | 'value' | 'several';

export function touchCounter(
  workload: Workload,
  plan: ArrivalPlan,
  key: PlacedKey,
  shardCount: number,
): TouchCounter {
  const layout = layoutOf(workload, key.name);
  const drawnMost = Math.min(arrivalsMax, arrivalsByShard * shardCount);
  if (layout !== null) return tableTouches(workload, plan, layout, drawnMost);
  const ways = workload.operations.map((operation): Way => {
    const way = wayOf(workload, operation, key);
    if (way !== 'counted') return way;
    return addressesOneRow(operation, key) ? 'value' : 'several';
  });
  const { byValue, several } = drawn(workload, plan, key, ways, drawnMost);
  const everywhere = new Float64Array(shardCount).fill(1);
  return {
    routes:
      (ways.includes('tenant') ? key.known.count : 0) +
      byValue.reduce((sum, one) => sum + (one?.keys.count ?? 0), 0) +
      several.length * 8,
    touchesOf(router) {
      const shares = ways.includes('tenant') ? keyShares(router, key.known) : null;
      const counted = severalTouches(workload, key, router, several);
      return ways.map((way, operation) => {
        if (way === 'everywhere') return everywhere;
        if (way === 'tenant') return shares ?? everywhere;
        if (way === 'several') return counted[operation] ?? everywhere;
        return valueTouches(router, byValue[operation]);
      });
    },
  };
}

/** Whether every statement fixes the key to its value in the arrival's own row. */
function addressesOneRow(
  operation: Workload['operations'][number],
  { name, split }: PlacedKey,
): boolean {
  if (classify(operation, name, split?.by ?? null) !== 'single-shard') return false;
  return operation.statements.every((statement) => keyBinding(statement, name)?.other === false);
}

/** One pass over the arrivals: the values that are addressed, and arrivals on several shards. */
function drawn(
  workload: Workload,
  plan: ArrivalPlan,
  { name, split }: PlacedKey,
  ways: readonly Way[],
  most: number,
): { readonly byValue: readonly (Addressed | null)[]; readonly several: readonly Arrival[] } {
  const column = split?.column ?? keyColumn(workload, name);
  const counts = ways.map(() => new Map<number, number>());
  const several: Arrival[] = [];
  if (ways.includes('value') || ways.includes('several')) {
    const stream = arrivalStream(workload, lengthened(workload, plan));
    while (stream.arrivals < most && stream.next()) {
      const { operation, tenant, row } = stream;
      if (ways[operation] === 'value') {
        const own = counts[operation];
        const value = column.valueOf(tenant, row);
        own?.set(value, (own.get(value) ?? 0) + 1);
      } else if (ways[operation] === 'several' && several.length < severalMax) {
        several.push({ operation, tenant, row });
      }
    }
  }
  const byValue = counts.map((own, operation): Addressed | null => {
    if (ways[operation] !== 'value') return null;
    const total = [...own.values()].reduce((sum, count) => sum + count, 0);
    const shares = Float64Array.from(own.values(), (count) => count / total);
    return { keys: packValues(column, [...own.keys()]), shares };
  });
  return { byValue, several };
}

function valueTouches(router: Router, addressed: Addressed | null | undefined): Float64Array {
  const touched = new Float64Array(router.shardCount);
  if (addressed === null || addressed === undefined) return touched;
  const { bytes, offsets, count } = addressed.keys;
  for (let key = 0; key < count; key += 1) {
    const shard = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
    touched[shard] = (touched[shard] ?? 0) + (addressed.shares[key] ?? 0);
  }
  return touched;
}

function severalTouches(
  workload: Workload,
  { name, split }: PlacedKey,
  router: Router,
  arrivals: readonly Arrival[],
): readonly Float64Array[] {
  if (arrivals.length === 0) return [];
  const route = routePlan(workload, router, name, split);
  const shards = new Int32Array(router.shardCount);
  const statements = new Int32Array(router.shardCount);
  const touched = workload.operations.map(() => new Float64Array(router.shardCount));
  const counts = new Float64Array(workload.operations.length);
  for (const { operation, tenant, row } of arrivals) {
    const own = touched[operation] ?? new Float64Array(router.shardCount);
    counts[operation] = (counts[operation] ?? 0) + 1;
    const fanOut = route.route(operation, tenant, row, shards, statements);
    for (let i = 0; i < fanOut; i += 1) own[shards[i] ?? 0] = (own[shards[i] ?? 0] ?? 0) + 1;
  }
  return touched.map((own, operation) => own.map((n) => n / Math.max(1, counts[operation] ?? 0)));
}
