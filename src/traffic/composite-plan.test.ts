import { expect, test } from 'vitest';
import { buildRouter } from '../router/build-router.ts';
import type { Router } from '../router/contract.ts';
import { writesByShard } from '../placement/write-placement.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { visitArrivals } from '../workload/arrivals.ts';
import { columnValue } from '../workload/attributes.ts';
import { keyColumn } from '../workload/key-column.ts';
import { knownKeys, writesByKey } from '../workload/key-usage.ts';
import { change, ordersWorkload, place, recent } from '../workload/orders-fixture.ts';
import { routePlan, shardOfRow } from './route-plan.ts';
import { measurePhase } from '../workload/phases.ts';

const shardCount = 4;
const key = 'tenant_id+user_id';
const workload = ordersWorkload({ operations: [place, change, recent] });

function routerFor(router: string): Router {
  const hash = ['range', 'directory', 'interleaved'].includes(router) ? null : 'xxh64';
  const spec = { router, parameter: null, hash, salt: '' };
  const topology = { shardCount, weights: [1, 1, 1, 1] };
  return buildRouter(spec, topology, keyColumn(workload, key).type, knownKeys(workload, key));
}

const all = ['mod', 'jump', 'ring', 'slots', 'range', 'interleaved', 'directory'];

/** Shards of the rows of each user, by tenant and user, as texts that Postgres is sent. */
function shardsByUser(router: string): Map<string, Set<number>> {
  const shardOf = shardOfRow(workload, routerFor(router), key);
  const tenantId = columnValue(workload, 'tenant_id');
  const userId = columnValue(workload, 'user_id');
  const shards = new Map<string, Set<number>>();
  for (const [row, tenant] of workload.rows.tenantOf.entries()) {
    const user = `${tenantId(tenant, row)}/${userId(tenant, row)}`;
    shards.set(user, (shards.get(user) ?? new Set()).add(shardOf(tenant, row)));
  }
  return shards;
}

test.each(all)('%s: the rows of one user of one tenant are on one shard', (name) => {
  const sets = [...shardsByUser(name).values()];
  expect(sets.filter((each) => each.size > 1)).toEqual([]);
  expect(new Set(sets.flatMap((each) => Array.from(each))).size).toBe(shardCount);
});

test('the users of the largest tenant are on several shards', () => {
  const largest = `${columnValue(workload, 'tenant_id')(0, 0)}/`;
  const own = [...shardsByUser('jump')].filter(([user]) => user.startsWith(largest));
  expect(new Set(own.flatMap(([, shards]) => Array.from(shards))).size).toBe(shardCount);
});

test('operations go to the shard of their row, or to all where a column is missing', () => {
  const router = routerFor('jump');
  const [plan, shardOf] = [routePlan(workload, router, key), shardOfRow(workload, router, key)];
  const [shards, masks] = [new Int32Array(shardCount), new Int32Array(shardCount)];
  for (const row of [0, 3, 99, workload.rows.count + 5]) {
    const tenant = workload.rows.tenantOf[row] ?? 7;
    expect(plan.route(0, tenant, row, shards, masks)).toBe(1);
    expect(shards[0]).toBe(shardOf(tenant, row));
    expect(plan.route(1, tenant, row, shards, masks)).toBe(shardCount);
    expect(plan.route(2, tenant, row, shards, masks)).toBe(shardCount);
  }
});

test('the writes that a cell is judged by are those that its plan sends', () => {
  const router = routerFor('jump');
  const arrivals = planArrivals(workload);
  const expected = new Float64Array(shardCount);
  writesByShard(router, writesByKey(workload, arrivals, key), expected);
  const plan = routePlan(workload, router, key);
  const [shards, masks] = [new Int32Array(shardCount), new Int32Array(shardCount)];
  const sent = new Float64Array(shardCount);
  visitArrivals(
    workload,
    measurePhase(workload, arrivals.measure.firstNewRow),
    (_, tenant, index, row) => {
      if (workload.operations[index]?.kind !== 'write') return;
      const fanOut = plan.route(index, tenant, row, shards, masks);
      for (const shard of shards.subarray(0, fanOut)) sent[shard] = (sent[shard] ?? 0) + 1;
    },
  );
  expect(sent).toEqual(expected);
  expect(Math.min(...sent)).toBeGreaterThan(0);
});
