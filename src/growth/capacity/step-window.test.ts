import { expect, test } from 'vitest';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { longestWindow, lowestRate, operationsNeeded, windowMs } from './step-window.ts';

const operations = [
  { name: 'place', kind: 'write', weight: 60 },
  { name: 'list', kind: 'read', weight: 30 },
  { name: 'sum', kind: 'read', weight: 10 },
] as const;
const asked = { operations, shardCount: 4 };

const limit = (percentile: number, tags: Threshold['tags'] = {}): Threshold => ({
  metric: 'response_ms',
  tags,
  aggregate: { name: 'p', percentile },
  operator: '<',
  limit: 50,
  abortOnFail: false,
  delayAbortEvalMs: 0,
});

test('a p99 needs 1,000 operations and some to spare, a part of them needs more of all', () => {
  expect(operationsNeeded([limit(99)], asked)).toBe(1150);
  expect(operationsNeeded([limit(99.9)], asked)).toBe(11_500);
  expect(operationsNeeded([limit(99, { operation: 'sum' })], asked)).toBe(11_500);
  expect(operationsNeeded([limit(99, { kind: 'read' })], asked)).toBe(2875);
  expect(operationsNeeded([limit(99, { shard: 1 })], asked)).toBe(4600);
  const rate: Threshold = { ...limit(99), aggregate: { name: 'rate', percentile: null } };
  expect(operationsNeeded([rate], asked)).toBe(1);
});

test('low rates have longer windows, up to the longest', () => {
  expect(windowMs(1000, 10_000, 1150)).toBe(10_000);
  expect(windowMs(50, 10_000, 1150)).toBe(23_000);
  expect(windowMs(lowestRate(10_000, 1150), 10_000, 1150)).toBe(10_000 * longestWindow);
});
