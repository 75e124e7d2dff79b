import { expect, test } from 'vitest';
import type { Steps } from '../base/steps.ts';
import { inTurns } from './turns.ts';

/** Holds the thread for so long at each of its pieces. */
function* busy(pieces: number, ms: number): Steps<number> {
  for (let piece = 1; piece <= pieces; piece += 1) {
    const endsAt = performance.now() + ms;
    while (performance.now() < endsAt);
    yield piece / pieces;
  }
  return pieces;
}

test('timers and signals get their turn while it runs, and the share done is told', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const shares: number[] = [];
  expect(await inTurns(busy(30, 10), (share) => shares.push(share))).toBe(30);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('short work is done within one turn', async () => {
  const shares: number[] = [];
  expect(await inTurns(busy(3, 0), (share) => shares.push(share))).toBe(3);
  expect(shares).toEqual([]);
});
