import { expect, test } from 'vitest';
import { given, caseOf, head, rowOf, scenarioOf } from './growth-fixture.ts';
import { growthParts } from './growth-parts.ts';

const insert = `operations:
  - { name: place, kind: write, binds: [order_id, tenant_id], sql: "insert into orders
      (tenant_id, user_id, order_id, region, created_at, total, payload) values
      (:tenant_id, :user_id, :order_id, :region, :created_at, :total, :payload)" }
`;
const strategies = `strategies:
  - { key: order_id, router: range }
  - { key: order_id, router: jump }
`;
const certain = 'load: 0%, tenants: 0%, bytes: 5%, now: { bytes: 900GiB }';
const months = (strategy: string, more = '') => {
  const settings = `capacity: { disk: 1TiB }\ngrowth: { ${certain}${more} }`;
  const scenario = scenarioOf(head(4, settings) + insert + strategies);
  const row = rowOf(growthParts(caseOf(scenario, [], given(5000))), strategy, 4);
  return row.monthsToFullBy.bytes.p50 ?? Infinity;
};

test('append-only: all new rows come to the last range, which lasts 8.9 months, not 24', () => {
  // 225 GB + 900 GB (1.05^t - 1) = 70 % of 1 TB.
  const byHand = Math.log(1 + (0.7 * 1024 - 225) / 900) / Math.log(1.05);
  expect(byHand).toBeCloseTo(8.9, 1);
  expect(months('order_id/range')).toBeCloseTo(byHand, 1);
  // Spread by a hash, a quarter of them comes to each shard.
  const even = Math.log((0.7 * 1024) / 225) / Math.log(1.05);
  expect(Math.abs(months('order_id/jump') - even)).toBeLessThan(1);
});

test('retention is an assumption of its own: more is inserted for the same growth', () => {
  // S' = -r S + (g + r) 900 e^(g t) on the last range, where e^-r = 0.96.
  const [g, r] = [Math.log(1.05), -Math.log(0.96)];
  const level = (t: number): number =>
    225 * Math.exp(-r * t) + 900 * (Math.exp(g * t) - Math.exp(-r * t));
  const found = months('order_id/range', ', retention: 4%');
  expect(level(found)).toBeCloseTo(0.7 * 1024, 0);
  expect(found).toBeLessThan(7);
});
