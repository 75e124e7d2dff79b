import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import {
  caseOf,
  count,
  head,
  jump,
  partsOf,
  scenarioOf,
  textOf,
  textsOf,
  touch,
  uniform,
} from './growth-fixture.ts';
import { growthParts } from './growth-parts.ts';

test('who has room stays, and nothing is urgent', () => {
  const growth = 'growth: { load: 1% +- 0.1%, bytes: 1%, tenants: 1% }';
  const parts = partsOf(head(4, growth) + touch + uniform + jump, [8], 2000);
  expect(parts.recommendation).toMatchObject({ kind: 'one instance', shardCount: 1 });
  expect(textOf(parts.recommendation.act)).toMatch(/^This change needs no date/);
  expect(parts.recommendation.actWithinMonths).toBeNull();
  const sharded = partsOf(head(4, growth) + touch + uniform + jump, [8], 300);
  expect(sharded.recommendation).toMatchObject({ kind: 'stay', shardCount: 4 });
  const { act, reasons } = sharded.recommendation;
  expect(textOf(act)).toMatch(/^Decide again within \d.* months: 4 shards may be/);
  expect(textsOf(reasons).join()).toContain('the present shards use tenant_id/jump');
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
  expect(textOf(recommendation.reasons[0])).toContain(
    'No plan here lasts 60 months in 9 of 10 futures.',
  );
});

test('what is full already and gains nothing by more shards needs another key', () => {
  const text = head(4) + touch.replace('90', '10') + count.replace('10', '90') + uniform + jump;
  const { recommendation } = partsOf(text, [8, 16], 100);
  expect(recommendation.kind).toBe('another key');
  expect(textOf(recommendation.advice)).not.toContain('Stay');
  expect(textOf(recommendation.act)).toContain('are full already');
});

test('where nothing is uncertain no range is printed, neither of months nor of money', () => {
  const growth = 'growth: { load: 5%, bytes: 5%, tenants: 0%, now: { bytes: 3TB } }\n';
  const prices = ['instance', 'shardPrice', 'overhead', 'storage', 'hours', 'hourPrice'];
  const cost = `cost: { ${prices.map((price) => `${price}: 1`).join(', ')} }\n`;
  const { recommendation, capacity } = partsOf(
    // With a hash there would be the range over its placements.
    head(4, growth + cost) + touch + uniform + jump.replace('jump', 'directory'),
    [8],
    400,
  );
  for (const { monthsToFull } of capacity) expect(monthsToFull?.p10).toBe(monthsToFull?.p90);
  const text = textsOf([recommendation.act, ...recommendation.reasons]).join(' ');
  expect(text).toMatch(/full in \d+(\.\d+)? months/);
  expect(text).toContain('One instance: full already, which is too soon.');
  expect(text).not.toMatch(/\d to \d.* months|middle|a month \(/);
});

test('a capacity with a spread gives a range, even where all growth is certain', () => {
  const growth = 'growth: { load: 5%, bytes: 0%, tenants: 0% }\n';
  const capacity = 'capacity: { shard: 300/s +- 20% }\n';
  const text = head(4, growth + capacity) + touch + uniform + jump;
  const { capacity: rows } = growthParts(caseOf(scenarioOf(text), [8]));
  const four = rows.find(({ shardCount }) => shardCount === 4);
  const { p10, p90 } = present(four?.monthsToFull, 'months');
  // From 252 to 348: 8 of 10 lie within 80 % of what is between 240 and 360.
  const range = Math.log(348 / 252) / Math.log(1.05);
  expect(Math.abs((p90 ?? 0) - (p10 ?? 0) - range)).toBeLessThan(0.3);
});
