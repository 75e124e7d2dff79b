import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { sum } from '../base/statistics/moments.ts';
import { caseOf, scenarioOf } from './growth-fixture.ts';
import { placedKey } from '../placement/placed-key.ts';
import { keyShares, rowShares, touches } from './touches.ts';

const scenario = scenarioOf(`
rate: 500/s
duration: 4s
tenants: { hotspot: 40%, hot: 1, count: 200 }
data: { total: 1MB }
strategies:
  - { key: tenant_id, router: jump }
  - { key: order_id, router: jump }
  - { key: tenant_id, router: jump, split: { above: 30%, by: order_id, over: 4 } }
`);
const asked = caseOf(scenario, []);
const { workload, plan } = asked;

function studied(index: number) {
  const { strategy, placements } = present(asked.strategies[index], 'strategy');
  const { router } = present(placements[0], 'placement');
  const key = placedKey(workload, strategy);
  const found = touches(workload, plan, key, router);
  const by = (name: string): Float64Array => {
    const operation = workload.operations.findIndex((each) => each.name === name);
    return present(found[operation], name);
  };
  return { key, router, by };
}

test('an operation on one tenant touches shards as often as the tenants there have load', () => {
  const { key, router, by } = studied(0);
  const shares = keyShares(router, key.known);
  expect(sum(shares)).toBeCloseTo(1, 12);
  expect(Math.max(...shares)).toBeGreaterThan(0.4);
  expect(by('recent_orders')).toStrictEqual(shares);
  expect(by('place_order')).toStrictEqual(shares);
});

test('an operation without the key touches every shard', () => {
  expect([...studied(0).by('summary')]).toStrictEqual([1, 1, 1, 1]);
  expect([...studied(1).by('recent_orders')]).toStrictEqual([1, 1, 1, 1]);
});

test('by a key of each row the arrivals are counted: about a quarter each', () => {
  const counted = studied(1).by('order_by_id');
  expect(sum(counted)).toBeCloseTo(1, 9);
  for (const share of counted) expect(Math.abs(share - 0.25)).toBeLessThan(0.06);
});

test('a split tenant touches one shard by both columns, and all four by the key alone', () => {
  const { key, router, by } = studied(2);
  expect(sum(by('change_status'))).toBeCloseTo(1, 9);
  expect(Math.max(...by('change_status'))).toBeLessThan(0.35);
  // 40 % of the operations ask four shards, the others one.
  expect(sum(by('recent_orders'))).toBeCloseTo(0.4 * 4 + 0.6, 1);
  const rows = rowShares(workload, key, router);
  expect(sum(rows)).toBeCloseTo(1, 9);
  expect(Math.max(...rows)).toBeLessThan(0.35);
});

test('rows lie where the router sends their keys', () => {
  const { key, router } = studied(0);
  const rows = rowShares(workload, key, router);
  const shares = keyShares(router, key.known);
  // Bytes follow the weights, where the scenario says nothing else.
  for (const [shard, share] of shares.entries()) expect(rows[shard]).toBeCloseTo(share, 1);
});
