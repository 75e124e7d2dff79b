import { expect, test } from 'vitest';
import { benchDriver, benchTable } from './driver.bench.ts';

test('the benchmark runs, at a small size, and every row has a number', async () => {
  const size = { pairs: 1, seconds: 1, rates: [200], nullRate: 5000 };
  const rows = await benchDriver(size, () => undefined);
  const numbers = rows.map(({ what, ours }) => [what, ours]);
  // One more where a container engine gives a shard its quota.
  expect([9, 10]).toContain(numbers.length);
  for (const [what, ours] of numbers) expect(Number(ours), String(what)).toBeGreaterThanOrEqual(0);
  const [closed] = rows;
  expect(closed?.ours).toBeGreaterThan(100);
  expect(benchTable(rows).split('\n')).toHaveLength(rows.length + 1);
}, 120_000);
