import { expect, it } from 'vitest';
import { Allowance } from './allowance.ts';

it('lets work have its share, however long each piece takes', () => {
  for (const pieceMs of [1, 7, 40]) {
    const allowance = new Allowance(0.005, 20, 0);
    let used = 0;
    const seconds = 1000;
    for (let nowMs = 0; nowMs < seconds * 1000; nowMs += 1000) {
      if (!allowance.affords(nowMs)) continue;
      allowance.spend(pieceMs);
      used += pieceMs;
    }
    // 5 ms a second, what was there at the beginning, and the piece that goes beyond.
    expect(used).toBeLessThanOrEqual(0.005 * seconds * 1000 + 20 + pieceMs);
    expect(used).toBeGreaterThanOrEqual(Math.min(pieceMs, 5) * (seconds - 2));
  }
});

it('saves no more than its limit', () => {
  const allowance = new Allowance(0.005, 20, 0);
  expect(allowance.affords(1e9)).toBe(true);
  allowance.spend(30);
  expect(allowance.affords(1e9 + 1000)).toBe(false);
  expect(allowance.affords(1e9 + 2001)).toBe(true);
});
