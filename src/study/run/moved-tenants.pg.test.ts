import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { defaultKeyHash } from '../../base/hash/key-hashes.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { shardOfRow } from '../../traffic/route-plan.ts';
import { comparedKey } from '../../placement/compared-key.ts';
import { movedKeys } from '../../placement/movement.ts';
import { pathMovement, routersAlong } from '../../placement/path-movement.ts';
import { routerCandidates } from '../../placement/router-candidates.ts';
import { topologiesAlong, withoutShard } from '../../placement/topology-changes.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import { createSchema, recreateDatabase, withClient } from '../../postgres/database.ts';
import { copyRows } from '../../postgres/copy-rows.ts';
import type { Router, RouterTopology } from '../../router/contract.ts';
import { findRouter, routers } from '../../router/registry.ts';
import type { Strategy } from '../../scenario/types.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { planArrivals } from '../../workload/arrival-plan.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { loadScenario, type LoadedScenario } from '../scenario/load-scenario.ts';

/** A scenario in the state in which it is loaded. */
type Loaded = Pick<LoadedScenario, 'scenario' | 'workload' | 'plan'>;

const four: RouterTopology = { shardCount: 4, weights: [1, 1, 1, 1] };

let fleet: RunningFleet;
let servers: readonly ShardAddress[];

beforeAll(async () => {
  ({ fleet, servers } = await startShards(5));
});
afterAll(() => fleet.stop());

/** Loads the scenario as it is on this router and asks every shard for its rows by tenant. */
async function loadedUnder(
  { scenario, workload }: Loaded,
  router: Router,
  shardKey: string,
): Promise<Map<string, number>> {
  const { table } = scenario.schema;
  const own = servers.slice(0, router.shardCount);
  const addresses = await Promise.all(own.map((each) => recreateDatabase(each, 'moving')));
  await createSchema(addresses, scenario.schema);
  await copyRows(addresses, workload, table, shardOfRow(workload, router, shardKey));
  const found = new Map<string, number>();
  for (const [shard, address] of addresses.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- five short queries
    const { rows } = await withClient(address, (client) =>
      client.query<{ tenant: string }>(`select distinct ${shardKey}::text as tenant from ${table}`),
    );
    for (const { tenant } of rows) {
      expect(found.has(tenant), `${tenant} on two shards`).toBe(false);
      found.set(tenant, shard);
    }
  }
  return found;
}

/** Predicts, loads under both topologies, holds one against the other; how many tenants moved. */
async function movedAsPredicted(
  loaded: Loaded,
  strategy: Strategy,
  path: readonly RouterTopology[],
): Promise<number> {
  const { workload, plan, scenario } = loaded;
  const key = comparedKey(workload, plan, strategy.key, scenario.data.rowBytes);
  const candidate = present(routerCandidates(strategy.key, [strategy], routers)[0], 'candidate');
  const along = routersAlong(candidate.spec, path, key);
  const [before, after] = [present(along[0], 'before'), present(along[1], 'after')];
  const predicted = movedKeys(before, after, key.known).map((each) => workload.tenants.ids[each]);

  const old = await loadedUnder(loaded, before, strategy.key);
  const next = await loadedUnder(loaded, after, strategy.key);
  expect(old.size).toBe(workload.tenants.count);
  const moved = [...old].filter(([tenant, shard]) => next.get(tenant) !== shard);
  expect(new Set(moved.map(([tenant]) => tenant))).toEqual(new Set(predicted));

  const movement = present(pathMovement(candidate, key, path, 0).steps[0], 'step').movement;
  expect(movement.keysMovedFraction).toBe(moved.length / old.size);
  const flows = new Map<string, number>();
  for (const [tenant, from] of moved) {
    const pair = `${from} -> ${next.get(tenant)}`;
    flows.set(pair, (flows.get(pair) ?? 0) + 1);
  }
  const counted = movement.flows.map(({ from, to, keys }) => [`${from} -> ${to}`, keys]);
  expect(Object.fromEntries(flows)).toEqual(Object.fromEntries(counted));
  return moved.length;
}

const tenants = { distribution: 'zipf', exponent: 0.99, count: 500, idType: 'text' } as const;
const scenario = tinyScenario({ tenants });
const workload = buildWorkload(scenario, null);
const tiny: Loaded = { scenario, workload, plan: planArrivals(workload) };

const grown = topologiesAlong(four, [5]);
const removed = [four, withoutShard(four, 1)];
test.each([
  ['mod', 'grows', grown],
  ['jump', 'grows', grown],
  ['ring', 'grows', grown],
  ['slots', 'grows', grown],
  ['range', 'grows', grown],
  ['directory', 'grows', grown],
  ['ring', 'loses shard 1', removed],
  ['jump', 'loses the last shard', [...grown].toReversed()],
])('the tenants predicted to move are those whose rows do: %s %s', async (router, _, path) => {
  const { traits } = findRouter(router);
  const strategy: Strategy = {
    name: `tenant_id/${router}`,
    key: 'tenant_id',
    router,
    parameter: null,
    hash: traits.hashes ? defaultKeyHash : null,
    salt: '',
  };
  expect(await movedAsPredicted(tiny, strategy, path)).toBeGreaterThan(0);
});

test('the same of the quickstart scenario as it is shipped', async () => {
  const path = fileURLToPath(new URL('../../../scenarios/quickstart.yaml', import.meta.url));
  const loaded = await loadScenario(path, {});
  const byTenant = loaded.scenario.strategies.filter(({ key }) => key === 'tenant_id');
  const strategy = present(
    byTenant.find(({ router }) => findRouter(router).traits.monotone),
    'a strategy by tenant that grows well',
  );
  expect(await movedAsPredicted(loaded, strategy, grown)).toBeGreaterThan(200);
});
