import { expect, test } from 'vitest';
import { benchRepeats } from './repeats.bench.ts';

test('a cell that is twice as slow is found; the same cell twice is not', async () => {
  const size = { runs: 1, repeats: 5, partSeconds: 1, ratePerSecond: 200, slower: 1.5 };
  const [run] = await benchRepeats(size, () => undefined);
  expect(run?.verdicts).toHaveLength(3);
  expect(run?.falseClaims).toEqual([]);
  // Five short repeats on a busy machine: the factor shows in the medians whatever is claimed.
  const ratios = (run?.ratios ?? []).filter((ratio) => ratio !== null).toSorted((a, b) => a - b);
  expect(ratios.length).toBeGreaterThan(0);
  expect(ratios[Math.floor(ratios.length / 2)]).toBeGreaterThan(1.5);
}, 120_000);
