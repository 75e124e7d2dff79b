import type { PackedKeys } from '../base/keys.ts';
import { rngFrom } from '../base/rng.ts';
import { sum } from '../base/statistics/moments.ts';
import { attempt } from '../placement/comparison.ts';
import type { Placed } from '../placement/movement.ts';
import { leastLoaded } from '../router/algorithms/greedy-placement.ts';
import type { Scenario } from '../scenario/types.ts';
import type { Workload } from '../workload/types.ts';
import { newIdOrder, newTenantIds } from './new-tenant-ids.ts';

/** Tenants who may come: groups of equal size, each of which is one draw. */
export interface NewTenants {
  readonly keys: PackedKeys;
  /** Load of each, as large as that of a present tenant drawn at random. */
  readonly weights: Float64Array;
  readonly groups: number;
  /** How many tenants come within growth.last months; a group may stand for more than it has. */
  readonly expected: number;
}

/** Draws of who comes: the quantiles of the futures need no more. */
const groupCount = 32;
const groupMax = 256;

/** From the seed; the same ones for every strategy. */
export function drawNewTenants(
  { growth, seed, tenants: source }: Scenario,
  { tenants }: Workload,
): NewTenants {
  const more = tenants.count * ((1 + growth.tenants.value) ** growth.lastMonths - 1);
  const expected = Math.max(1, Math.round(more));
  const count = groupCount * Math.min(expected, groupMax);
  const order = growth.newIds ?? newIdOrder(source, tenants);
  const who = rngFrom(seed, 'growth/new tenants');
  const weights = Float64Array.from({ length: count }, () => {
    return tenants.weights[Math.floor(who.double() * tenants.count)] ?? 0;
  });
  const keys = newTenantIds(tenants.keys, order, count, rngFrom(seed, 'growth/new ids'));
  return { keys, weights, groups: groupCount, expected };
}

/** Shares of what new tenants bring on each shard, one for each draw of who comes. */
export type NewTenantShares = readonly Float64Array[];

/**
 * What a router makes of new tenants; null where it refuses them, as a list without a default does.
 * A router with a table gets them written into it: each goes to
 * the shard that is then the least loaded, as the table's own placement has it.
 *
 * @param loads share of the present load on each shard, for the table
 */
export function newTenantShares(
  tenants: NewTenants,
  placed: Placed,
  hasTable: boolean,
  loads: Float64Array,
): NewTenantShares | null {
  const { groups } = tenants;
  const size = tenants.weights.length / groups;
  const found = attempt(() =>
    Array.from({ length: groups }, (_, group) => {
      const from = group * size;
      return hasTable
        ? writtenDown(tenants, placed, loads, from, from + size)
        : routed(tenants, placed, from, from + size);
    }),
  );
  if ('problem' in found) return null;
  const samples = found.value;
  const means = samples.map((sample) => shared(hasTable ? sample.loads : sample.keys));
  const middle = meanOf(means);
  const centre = meanOf(samples.map(({ loads: own }) => shared(own)));
  // What more tenants bring varies less from draw to draw.
  const scale = Math.sqrt(size / Math.max(size, tenants.expected));
  return samples.map(({ loads: own }) => {
    const share = shared(own);
    return shared(
      middle.map((value, shard) =>
        Math.max(0, value + scale * ((share[shard] ?? 0) - (centre[shard] ?? 0))),
      ),
    );
  });
}

/** What each shard got: tenants, and their load. */
interface Arrived {
  readonly keys: Float64Array;
  readonly loads: Float64Array;
}

function routed(
  { keys, weights }: NewTenants,
  { router }: Placed,
  from: number,
  to: number,
): Arrived {
  const arrived = nothing(router.shardCount);
  for (let id = from; id < to; id += 1) {
    const shard = router.route(keys.bytes, keys.offsets[id] ?? 0, keys.offsets[id + 1] ?? 0);
    add(arrived, shard, weights[id] ?? 0);
  }
  return arrived;
}

function writtenDown(
  { weights, expected }: NewTenants,
  { router, topology }: Placed,
  present: Float64Array,
  from: number,
  to: number,
): Arrived {
  const arrived = nothing(router.shardCount);
  const loads = present.slice();
  const scale = Math.max(1, expected / (to - from));
  for (let id = from; id < to; id += 1) {
    const shard = leastLoaded(loads, topology.weights);
    const weight = weights[id] ?? 0;
    loads[shard] = (loads[shard] ?? 0) + scale * weight;
    add(arrived, shard, weight);
  }
  return arrived;
}

const nothing = (shards: number): Arrived => ({
  keys: new Float64Array(shards),
  loads: new Float64Array(shards),
});

function add({ keys, loads }: Arrived, shard: number, weight: number): void {
  keys[shard] = (keys[shard] ?? 0) + 1;
  loads[shard] = (loads[shard] ?? 0) + weight;
}

function shared(amounts: Float64Array): Float64Array {
  const all = sum(amounts);
  return all > 0 ? amounts.map((amount) => amount / all) : amounts.map(() => 1 / amounts.length);
}

function meanOf(samples: readonly Float64Array[]): Float64Array {
  const first = samples[0] ?? new Float64Array(0);
  return first.map((_, shard) => sum(samples.map((each) => each[shard] ?? 0)) / samples.length);
}
