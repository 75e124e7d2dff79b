import { expect, test } from 'vitest';
import { benchDriver, benchTable } from './driver.bench.ts';

test('the benchmark runs, at a small size, and every row has a number', async () => {
  const size = { pairs: 1, seconds: 1, rates: [200], nullRate: 5000 };
  const rows = await benchDriver(size, () => undefined);
  const numbers = rows.map(({ what, ours }) => [what, ours]);
  expect(numbers).toHaveLength(9);
  for (const [what, ours] of numbers) expect(Number(ours), String(what)).toBeGreaterThanOrEqual(0);
  const [closed] = rows;
  expect(closed?.ours).toBeGreaterThan(100);
  expect(benchTable(rows).split('\n')).toHaveLength(10);
}, 120_000);
