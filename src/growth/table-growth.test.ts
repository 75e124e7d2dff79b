import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { sum } from '../base/statistics/moments.ts';
import { placedKey } from '../placement/placed-key.ts';
import { buildRouter } from '../router/build-router.ts';
import { tenantLayout } from '../scenario/layouts-fixture.ts';
import { shopScenario, shopWorkload } from '../traffic/tables/shop-fixture.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { tableVolume } from '../workload/tables/row-bytes.ts';
import { storedBytes } from '../workload/tables/stored-tables.ts';
import { growthParts } from './growth-parts.ts';
import { touchCounter } from './touch-counter.ts';
import { keyShares, rowShares, touches } from './touches.ts';

const workload = shopWorkload();
const plan = planArrivals(workload);
const strategy = {
  name: 'tenant/jump',
  key: 'tenant',
  router: 'jump',
  parameter: null,
  hash: 'xxh64',
  salt: '',
};
const key = placedKey(workload, strategy);
const topologyOf = (shardCount: number) => ({
  shardCount,
  weights: Array.from({ length: shardCount }, () => 1),
});
const routerOn = (shards: number) =>
  buildRouter(strategy, topologyOf(shards), key.known.type, key.known);
const stored = storedBytes(workload, tenantLayout);

test('operations touch the shards of the keys that they name', () => {
  const router = routerOn(4);
  const [place, ofTenant, newest] = touches(workload, plan, key, router);
  const shares = keyShares(router, key.known);
  for (const own of [place, ofTenant]) {
    expect(sum([...present(own, 'touches')])).toBeCloseTo(1, 9);
    for (const [shard, share] of shares.entries()) {
      expect(Math.abs((own?.[shard] ?? 0) - share)).toBeLessThan(0.02);
    }
  }
  expect([...present(newest, 'touches')]).toEqual([1, 1, 1, 1]);
  // The counter of bands draws fewer arrivals, and asks the router for their keys alone.
  const [drawn] = touchCounter(workload, plan, key, 4).touchesOf(router);
  for (const [shard, share] of shares.entries()) {
    expect(Math.abs((drawn?.[shard] ?? 0) - share)).toBeLessThan(0.03);
  }
});

test('every shard holds the reference tables beside its own rows', () => {
  const all = stored.keyed + stored.reference;
  const shares = rowShares(workload, key, routerOn(8));
  expect(sum([...shares])).toBeCloseTo(1 + (7 * stored.reference) / all, 9);
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(stored.reference / all);
});

test('a plan copies the reference tables to each new shard, and says so', () => {
  const data = tableVolume(present(workload.tables, 'tables'));
  const scenario = { ...shopScenario(), data, strategies: [strategy] };
  const [now, later] = [4, 8].map((shards) => ({
    router: routerOn(shards),
    topology: topologyOf(shards),
  }));
  const placements = [present(now, 'now'), present(later, 'later')];
  const { plans, capacity } = growthParts({
    scenario,
    path: 'shop.yaml',
    workload,
    plan,
    stated: null,
    placements: 20,
    strategies: [{ strategy, placements, isKnown: false }],
  });
  const [step] = plans;
  expect(step?.referenceBytes).toBeCloseTo(4 * stored.reference, -1);
  const moved = sum((step?.shards ?? []).map(({ bytesOut }) => bytesOut));
  expect(moved).toBeGreaterThan(0.3 * stored.keyed);
  expect(moved).toBeLessThan(0.7 * stored.keyed);
  expect(step?.bytes).toBeCloseTo(moved + 4 * stored.reference, -1);
  const into = sum((step?.shards ?? []).map(({ bytesIn }) => bytesIn));
  expect(into).toBeCloseTo(step?.bytes ?? 0, -1);
  const onEight = capacity.find(({ shardCount }) => shardCount === 8);
  const bytes = sum((onEight?.shards ?? []).map((shard) => shard.bytes));
  expect(bytes).toBeCloseTo(stored.keyed + 8 * stored.reference, -2);
});
