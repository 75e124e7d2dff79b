import { expect, test } from 'vitest';
import { growthTable } from './growth.bench.ts';
import { benchSimulator } from './simulator.bench.ts';

test('the benchmark runs at a small size and finds something in every row', async () => {
  const size = {
    arrivals: 20_000,
    whole: { tenants: 500, shards: 4, arrivals: 2000 },
    theory: [{ load: 0.5, arrivals: 200_000 }],
    scatters: 2000,
  };
  const rows = await benchSimulator(size, () => undefined);
  expect(rows).toHaveLength(10);
  for (const { found, what } of rows) expect(Number.parseFloat(found), what).toBeGreaterThan(0);
  // M/M/1 and the others at half load: as many arrivals as tell a right formula from a wrong one.
  for (const row of rows.slice(2, 6)) expect(Number(row.found), row.what).toBeCloseTo(1, 1);
  expect(growthTable(rows).split('\n')).toHaveLength(rows.length + 1);
}, 60_000);
