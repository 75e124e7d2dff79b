import { present } from '../base/assert.ts';
import type { PackedKeys } from '../base/keys.ts';
import type { Router } from '../router/contract.ts';
import type { Layout } from '../scenario/layout-types.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import { arrivalStream } from '../workload/arrivals.ts';
import { AddressedKeys } from '../workload/tables/addressed-keys.ts';
import type { Phase, Workload } from '../workload/types.ts';
import { lengthened, type Touches } from './touches.ts';

/** What a group of arrivals of one operation asks for. */
interface Asked {
  readonly operation: number;
  /** Distinct values of the shard key. */
  readonly keys: readonly number[];
  /** Statements that all shards answer, that a range of the key does, shard 0, or one of any. */
  readonly everywhere: boolean;
  readonly range: boolean;
  readonly home: boolean;
  readonly any: boolean;
  arrivals: number;
}

/** What the arrivals of a scenario with tables ask for, whatever the router. */
export interface TableTouches {
  touchesOf(router: Router): Touches;
  /** Keys that a router is asked for. */
  readonly routes: number;
}

/** Draws at most so many arrivals, once for all routers. */
export function tableTouches(
  workload: Workload,
  plan: ArrivalPlan,
  layout: Layout,
  most: number,
): TableTouches {
  const { asked, arrivals, keys } = drawn(workload, lengthened(workload, plan), layout, most);
  return {
    routes: keys.count,
    touchesOf: (router) => touchesOf(router, keys, asked, arrivals),
  };
}

function drawn(workload: Workload, phase: Phase, layout: Layout, most: number) {
  const addressed = new AddressedKeys(workload, layout);
  const stream = arrivalStream(workload, phase);
  const arrivals = new Float64Array(workload.operations.length);
  const groups = new Map<string, Asked>();
  let highest = -1;
  while (stream.arrivals < most && stream.next()) {
    const { operation, tenant, row } = stream;
    arrivals[operation] = (arrivals[operation] ?? 0) + 1;
    if (!addressed.open(operation, tenant, row)) continue;
    const { numbers, everywhere, range, home, own } = addressed;
    for (const key of numbers) highest = Math.max(highest, key);
    const any = own || (numbers.length === 0 && !everywhere && !home);
    const name = `${operation} ${numbers.join(' ')} ${everywhere} ${range} ${home} ${any}`;
    const group = groups.get(name);
    if (group !== undefined) group.arrivals += 1;
    else {
      const keys = [...numbers];
      groups.set(name, { operation, keys, everywhere, range, home, any, arrivals: 1 });
    }
  }
  const keys = addressed.packed(Array.from({ length: highest + 1 }, (_, key) => key));
  return { asked: [...groups.values()], arrivals, keys };
}

function touchesOf(
  router: Router,
  keys: PackedKeys,
  asked: readonly Asked[],
  arrivals: Float64Array,
): Touches {
  const { shardCount } = router;
  const touched = Array.from(arrivals, () => new Float64Array(shardCount));
  const shardOf = shardsOf(router, keys);
  const met = new Float64Array(shardCount);
  for (const { operation, keys: own, arrivals: count, ...ways } of asked) {
    met.fill(ways.everywhere ? 1 : 0);
    for (const key of own) met[shardOf[key] ?? 0] = 1;
    if (ways.range) markRange(router, keys, own, met);
    if (ways.home) met[0] = 1;
    // One shard, each as likely as any other.
    if (ways.any)
      for (let i = 0; i < shardCount; i += 1) met[i] = Math.max(met[i] ?? 0, 1 / shardCount);
    const into = present(touched[operation], 'operation');
    const part = count / (arrivals[operation] ?? 1);
    for (let i = 0; i < shardCount; i += 1) into[i] = (into[i] ?? 0) + part * (met[i] ?? 0);
  }
  return touched;
}

function shardsOf(router: Router, { count, bytes, offsets }: PackedKeys): Uint32Array {
  const shards = new Uint32Array(count);
  for (let key = 0; key < count; key += 1) {
    shards[key] = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
  }
  return shards;
}

/** Between the first and the last of the keys; all shards where the router knows no order. */
function markRange(
  router: Router,
  { bytes, offsets }: PackedKeys,
  own: readonly number[],
  met: Float64Array,
): void {
  if (router.routeRange === undefined) {
    met.fill(1);
    return;
  }
  const keyAt = (key = 0): Uint8Array => bytes.subarray(offsets[key] ?? 0, offsets[key + 1] ?? 0);
  router.routeRange(keyAt(own[0]), keyAt(own.at(-1)), (shard) => {
    met[shard] = 1;
  });
}
