import { expect, test } from 'vitest';
import { benchMovement, movementRow } from './movement.bench.ts';

test('the benchmark runs at a small size; C counts the same keys, where it compiles', async () => {
  const size = { keys: 20_000, rounds: 1, growing: [10_000, 20_000] } as const;
  const rows = await benchMovement(size, () => undefined);
  expect(rows).toHaveLength(11);
  for (const { what, ours } of rows) expect(Number.isFinite(ours), what).toBe(true);
  const moved = rows.slice(0, 5).map((row) => (row.moved ?? 0) / size.keys);
  const [mod = 0, jump = 0, ring = 0, slots = 0, range = 0] = moved;
  expect(mod).toBeGreaterThan(0.78);
  expect(mod).toBeLessThan(0.82);
  for (const least of [jump, slots]) expect(Math.abs(least - 0.2)).toBeLessThan(0.02);
  // Beta(150, 600) has a standard deviation of 0.0146.
  expect(Math.abs(ring - 0.2)).toBeLessThan(0.06);
  expect(range).toBeCloseTo(1 / 8, 4);
  // A compiler is no part of the project, but where there is one it counted the same.
  expect(new Set(rows.slice(0, 6).map(({ inC }) => inC === null)).size).toBe(1);
  expect(movementRow({ what: 'w', ours: 5, unit: 's', inC: 2, moved: 3, atMost: 4 })).toEqual({
    what: 'w',
    reach: '<= 4 s',
    found: '5.00 s, C -O2 2.00 (x 2.5), 3 moved',
    reached: false,
  });
}, 60_000);
