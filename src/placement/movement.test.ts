import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packKeys } from '../base/keys.ts';
import { buildRouter, type RouterSpec } from '../router/build-router.ts';
import type { KnownKeys, Router, RouterTopology } from '../router/contract.ts';
import { type KeyAmounts, movementBetween, optimalFraction } from './movement.ts';

const topology = (...weights: number[]): RouterTopology => ({
  shardCount: weights.length,
  weights,
});
const equal = (shards: number): RouterTopology =>
  topology(...Array.from({ length: shards }, () => 1));

const integers = (count: number): KnownKeys => {
  const keys = packKeys(
    'int8',
    Array.from({ length: count }, (_, i) => String(i)),
  );
  const ones = new Float64Array(count).fill(1);
  return { ...keys, rows: ones, weights: ones };
};
const amountsOf = (keys: KnownKeys): KeyAmounts => ({
  keys,
  rows: keys.rows,
  bytes: keys.rows,
  load: keys.weights,
});
const specOf = (router: string, hash: string | null = null): RouterSpec => ({
  router,
  parameter: null,
  hash,
  salt: '',
});

function movement(
  spec: RouterSpec,
  before: RouterTopology,
  after: RouterTopology,
  keys: KnownKeys,
) {
  const old = buildRouter(spec, before, keys.type, keys);
  const next = buildRouter(spec, after, keys.type, keys, old);
  return movementBetween(
    { router: old, topology: before },
    { router: next, topology: after },
    amountsOf(keys),
  );
}

/** Sends key i (an int8 below 256) to table[i]. */
const tableRouter = (shardCount: number, table: readonly number[]): Router => ({
  shardCount,
  route: (bytes, start) => table[bytes[start] ?? 0] ?? 0,
});

// 1 - gcd(N, M) / max(N, M), exact for integers over a multiple of lcm(N, M).
test.each([
  [4, 5, 0.8, false],
  [8, 9, 8 / 9, false],
  // Doubling sends every key that moves to a new shard.
  [16, 32, 0.5, true],
])('mod of integers as they are, %i -> %i', (before, after, expected, monotone) => {
  const moved = movement(specOf('mod', 'identity'), equal(before), equal(after), integers(1440));
  expect(moved.keysMovedFraction).toBe(expected);
  expect(moved.monotone).toBe(monotone);
  expect(moved.optimalFraction).toBeCloseTo((after - before) / after, 12);
});

test('jump moves the least that is possible, and only to the new shard', () => {
  const count = 20_000;
  const moved = movement(specOf('jump'), equal(4), equal(5), integers(count));
  const sigma = Math.sqrt((0.2 * 0.8) / count);
  expect(Math.abs(moved.keysMovedFraction - 0.2)).toBeLessThan(4 * sigma);
  expect(moved).toMatchObject({ from: 4, to: 5, monotone: true, strayKeys: 0 });
  expect(moved.flows.map(({ from, to }) => [from, to])).toEqual([
    [0, 4],
    [1, 4],
    [2, 4],
    [3, 4],
  ]);
  const back = movement(specOf('jump'), equal(5), equal(4), integers(count));
  expect(back.keysMovedFraction).toBe(moved.keysMovedFraction);
  expect(back.monotone).toBe(true);
});

test('keys, rows, bytes and load are counted each for itself, by source and destination', () => {
  const keys = packKeys('int8', ['0', '1', '2', '3']);
  const before = { router: tableRouter(2, [0, 0, 1, 1]), topology: equal(2) };
  const after = { router: tableRouter(3, [0, 2, 2, 0]), topology: equal(3) };
  const moved = movementBetween(before, after, {
    keys,
    rows: [1, 2, 3, 4],
    bytes: [10, 10, 60, 20],
    load: [0.25, 0.5, 0, 0.25],
  });
  expect(moved).toEqual({
    from: 2,
    to: 3,
    keysMovedFraction: 0.75,
    rowsMovedFraction: 0.9,
    bytesMovedFraction: 0.9,
    loadMovedFraction: 0.75,
    optimalFraction: 1 / 3,
    monotone: false,
    strayKeys: 1,
    flows: [
      { from: 0, to: 2, keys: 1, rows: 2, bytes: 10, load: 0.5 },
      { from: 1, to: 0, keys: 1, rows: 4, bytes: 20, load: 0.25 },
      { from: 1, to: 2, keys: 1, rows: 3, bytes: 60, load: 0 },
    ],
  });
});

test.each([
  ['four shards become five', equal(4), equal(5), 0.2],
  ['five become four', equal(5), equal(4), 0.2],
  ['one in the middle goes', equal(4), topology(1, 0, 1, 1), 0.25],
  ['one is replaced', topology(1, 1, 1, 0), topology(1, 0, 1, 1), 1 / 3],
  ['one becomes twice as large', equal(3), topology(2, 1, 1), 1 / 6],
  ['all become twice as large', equal(3), topology(2, 2, 2), 0],
])('the optimum when %s', (_, before, after, expected) => {
  expect(optimalFraction(before, after)).toBeCloseTo(expected, 12);
});

test('a ring moves keys only from the shard that goes, and to the one that grows', () => {
  const keys = integers(5000);
  const gone = movement(specOf('ring'), equal(4), topology(1, 0, 1, 1), keys);
  expect(gone).toMatchObject({ monotone: true, strayKeys: 0 });
  expect(new Set(gone.flows.map(({ from }) => from))).toEqual(new Set([1]));
  const grown = movement(specOf('ring'), equal(3), topology(2, 1, 1), keys);
  expect(grown.monotone).toBe(true);
  expect(new Set(grown.flows.map(({ to }) => to))).toEqual(new Set([0]));
});

test('no less than the optimum moves where both placements are as even as can be', () => {
  const shards = fc.integer({ min: 1, max: 12 });
  const property = fc.property(shards, shards, (before, after) => {
    // Over a multiple of both counts, mod of integers gives every shard the same number of keys.
    const moved = movement(
      specOf('mod', 'identity'),
      equal(before),
      equal(after),
      integers(27_720),
    );
    expect(moved.keysMovedFraction).toBeGreaterThanOrEqual(moved.optimalFraction - 1e-9);
    const flowing = moved.flows.reduce((sum, { keys }) => sum + keys, 0);
    expect(flowing / 27_720).toBe(moved.keysMovedFraction);
  });
  fc.assert(property, { seed: 1, numRuns: 20 });
});

test('nothing to move is no movement', () => {
  const nothing = movement(specOf('jump'), equal(4), equal(5), integers(0));
  expect(nothing).toMatchObject({ keysMovedFraction: 0, loadMovedFraction: 0, flows: [] });
});
