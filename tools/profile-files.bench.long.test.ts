import { expect, test } from 'vitest';
import { benchProfileFiles, profileFilesTable } from './profile-files.bench.ts';

test('the benchmark runs, at a small size, and both sides count the same', async () => {
  const size = { bytes: 1e6, memoryBytes: 200e6, threads: 2, rounds: 1 };
  const result = await benchProfileFiles(size, () => undefined);
  expect(result.bytes).toBeGreaterThan(0.8e6);
  expect(result.bytes).toBeLessThan(1.2e6);
  const [ours] = result.ours;
  expect(ours?.distinct).toHaveLength(8);
  expect(ours?.distinct[0]).toBe(result.rows);
  expect(ours?.distinct[3]).toBe(5);
  // A file of 1 MB takes no 200 MB, and Node with DuckDB's code takes 100.
  expect(result.aboveLimitBytes).toBeLessThan(100e6);
  expect(profileFilesTable(result)).toMatch(/ratio \(reach <= 1\.5\) +\d+\.\d\d/);
});
