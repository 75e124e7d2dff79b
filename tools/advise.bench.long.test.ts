import { expect, test } from 'vitest';
import { benchAdvise, isReached } from './advise.bench.ts';

test('the benchmark runs, at a small size, over four keys and over many tenants', async () => {
  const rows = await benchAdvise({ salts: 20, tenants: 2000 }, () => undefined);
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    // Eight routers on three numbers of shards, and the instance; more where keys are heavy.
    expect(row.candidates, row.what).toBeGreaterThan(24);
    expect(row.simulated, row.what).toBe(25);
    expect(row.ms).toBeGreaterThan(0);
    expect(row.cpuMs).toBeGreaterThan(0);
    expect(row.peakBytes).toBeGreaterThan(50e6);
  }
  const [first] = rows;
  expect(first?.candidates).toBeGreaterThan(4 * 24);
  for (const row of rows) expect(isReached({ ...row, ms: row.reach.ms + 1 })).toBe(false);
});
