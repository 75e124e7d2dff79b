import { expect, test } from 'vitest';
import { noKnownKeys } from './hot-path-keys.ts';
import { type RetainedBytes, routerMemory } from './router-memory.ts';

const spec = { router: 'slots', parameter: 8, hash: 'xxh64', salt: '' };
const topologyOf = (shardCount: number) => ({
  shardCount,
  weights: Array.from({ length: shardCount }, () => 1),
});

test('asks for routers that differ, several of small ones', () => {
  const made: unknown[] = [];
  const asked: number[] = [];
  const retained: RetainedBytes = (make, _, least) => {
    made.push(make(0), make(1));
    asked.push(least);
    return 42;
  };
  expect(routerMemory(spec, topologyOf(4), noKnownKeys('int8'), retained)).toBe(42);
  expect(new Set(made).size).toBe(2);
  expect([1, 5]).toContain(asked[0]);
});

test('of a router that cannot be built there is none', () => {
  const never: RetainedBytes = () => {
    throw new Error('asked');
  };
  expect(routerMemory(spec, topologyOf(9), noKnownKeys('int8'), never)).toBeNull();
});
