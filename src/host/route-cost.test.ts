import { expect, test } from 'vitest';
import { packKeys } from '../base/keys.ts';
import type { Router } from '../router/contract.ts';
import { routeNs } from './route-cost.ts';

const keys = packKeys(
  'int8',
  Array.from({ length: 100 }, (_, i) => String(i)),
);

/** A router whose route takes so many steps of arithmetic. */
const working = (steps: number): Router => ({
  shardCount: 8,
  route(bytes, start) {
    let state = bytes[start] ?? 0;
    for (let i = 0; i < steps; i += 1) state = Math.imul(state, 1664525) + 1013904223;
    return state & 7;
  },
});

test('routing by ten times the work takes several times as long', () => {
  const short = routeNs(working(200), keys, 20);
  const long = routeNs(working(2000), keys, 20);
  expect(short).toBeGreaterThan(10);
  expect(long / short).toBeGreaterThan(4);
  expect(long / short).toBeLessThan(25);
});

test('without keys there is nothing to measure', () => {
  expect(routeNs(working(1), packKeys('int8', []), 1)).toBeNaN();
});
