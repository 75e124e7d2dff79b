import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { count, head, jump, partsOf, touch, uniform } from './growth-fixture.ts';

test('who has room stays, and nothing is urgent', () => {
  const growth = 'growth: { load: 1% +- 0.1%, bytes: 1%, tenants: 1% }';
  const parts = partsOf(head(4, growth) + touch + uniform + jump, [8], 2000);
  expect(parts.recommendation).toMatchObject({ kind: 'one instance', shardCount: 1 });
  expect(parts.recommendation.act).toMatch(/^There is no date for it/);
  expect(parts.recommendation.actWithinMonths).toBeNull();
  const sharded = partsOf(head(4, growth) + touch + uniform + jump, [8], 300);
  expect(sharded.recommendation).toMatchObject({ kind: 'stay', shardCount: 4 });
  expect(sharded.recommendation.act).toMatch(/^Decide again within \d.* months: 4 shards may be/);
  expect(sharded.recommendation.reasons.join()).toContain('the present shards use tenant_id/jump');
});

test('where nothing lasts, a tenth of the months more is not worth any price', () => {
  const growth = 'growth: { load: 8%, last: 60 }\n';
  const to = [8, 9, 10];
  const { recommendation, capacity, cost } = partsOf(
    head(4, growth) + touch + count + uniform + jump,
    to,
    300,
  );
  const rows = capacity.map((row, index) => ({
    months: row.monthsToFull?.p50 ?? Infinity,
    bill: present(cost[index], 'cost').monthlyCost.total.mid,
    status: present(cost[index], 'cost').verdict.status,
    shardCount: row.shardCount,
  }));
  const sound = rows.filter(({ status }) => status === 'sound' || status === 'present');
  const longest = Math.max(...sound.map(({ months }) => months));
  const near = sound.filter(({ months }) => months >= 0.9 * longest);
  expect(near.length).toBeGreaterThan(1);
  const [cheapest] = near.toSorted((a, b) => a.bill - b.bill);
  expect(recommendation.shardCount).toBe(cheapest?.shardCount);
  expect(recommendation.reasons[0]).toContain('Nothing here lasts 60 months in 9 of 10 futures;');
});

test('what is full already and gains nothing by more shards needs another key', () => {
  const text = head(4) + touch.replace('90', '10') + count.replace('10', '90') + uniform + jump;
  const { recommendation } = partsOf(text, [8, 16], 100);
  expect(recommendation.kind).toBe('another key');
  expect(recommendation.text).not.toContain('Stay');
  expect(recommendation.act).toContain('are full already');
});
