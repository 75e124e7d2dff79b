import { expect, test } from 'vitest';
import { benchLoad, loadTable } from './load.bench.ts';

test('the benchmark runs, at a small size, and loads what it says', async () => {
  const result = await benchLoad({ bytes: 1e6, shards: 2, rounds: 1 }, () => undefined);
  expect(result.bytes).toBeGreaterThan(0.8e6);
  expect(result.rows).toBeGreaterThan(5000);
  expect(result.oursMs).toHaveLength(1);
  expect(result.wholeMs).toBeGreaterThan(0);
  // Null where there is no psql; what it is, is only told on a calm machine, by all of the data.
  expect(result.ratio ?? 1).toBeGreaterThan(0.02);
  expect(loadTable(result)).toMatch(/our loader +\d+\.\d MB\/s/);
});
