import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownKeys } from '../contract.ts';
import { interleaved } from './interleaved.ts';
import { range } from './range.ts';
import {
  buildFor,
  countsOf,
  knownKeys,
  movedFraction,
  shardsOf,
  someKeys,
} from '../fixtures.suite.ts';

const numbers = (count: number): KnownKeys =>
  knownKeys(
    'int8',
    Array.from({ length: count }, (_, index) => String(index)),
  );

describe('interleaved', () => {
  it('deals ranges of equal rows to the shards in turn', () => {
    const keys = numbers(1200);
    const expected = Array.from({ length: 1200 }, (_, key) => Math.floor(key / 100) % 4);
    expect(shardsOf(buildFor(interleaved, 4, keys, { parameter: 3 }), keys)).toEqual(expected);
  });

  it('is range over so many shards, modulo the shards', () => {
    const property = fc.property(
      someKeys('text', 1),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (keys, n, parameter) => {
        const fine = shardsOf(buildFor(range, n * parameter, keys), keys);
        const router = buildFor(interleaved, n, keys, { parameter });
        expect(shardsOf(router, keys)).toEqual(fine.map((segment) => segment % n));
      },
    );
    fc.assert(property, { seed: 51, numRuns: 150 });
  });

  it('puts the newest tenth, which is read most, on all shards where range has one', () => {
    const keys = numbers(8000);
    const newest = (shards: number[]): Set<number> => new Set(shards.slice(-800));
    expect(newest(shardsOf(buildFor(range, 4, keys), keys)).size).toBe(1);
    expect(newest(shardsOf(buildFor(interleaved, 4, keys, { parameter: 16 }), keys)).size).toBe(4);
  });

  it('sends keys beyond the last to one shard, as range does', () => {
    const router = buildFor(interleaved, 4, numbers(800));
    const later = knownKeys('int8', ['800', '5000', '9223372036854775807']);
    expect(shardsOf(router, later)).toEqual([3, 3, 3]);
  });

  it('visits each shard of a range once, ascending', () => {
    const keys = numbers(800);
    const router = buildFor(interleaved, 4, keys, { parameter: 2 });
    const visited = (from: string, to: string): number[] => {
      const shards: number[] = [];
      const ends = knownKeys('int8', [from, to]);
      router.routeRange?.(ends.bytes.slice(0, 8), ends.bytes.slice(8), (shard) =>
        shards.push(shard),
      );
      return shards;
    };
    expect(visited('100', '199')).toEqual([1]);
    expect(visited('350', '450')).toEqual([0, 3]);
    expect(visited('150', '610')).toEqual([0, 1, 2, 3]);
    expect(visited('9', '8')).toEqual([]);
  });

  it.each([
    [1, 2],
    [4, 5],
    [4, 6],
    [7, 8],
  ])('growing from %i to %i moves the least there is, give or take a range', (n, m) => {
    const keys = numbers(10_000);
    const before = buildFor(interleaved, n, keys);
    const after = buildFor(interleaved, m, keys, { previous: before });
    expect(movedFraction(before, after, keys)).toBeCloseTo((m - n) / m, 2);
    const largest = Math.max(...countsOf(after, keys));
    // A shard gives whole pieces of 1 / 8 of the new shard's share.
    expect(largest / (10_000 / m)).toBeLessThan(1 + 1 / 8 + 0.01);
  });

  it('spreads what a removed shard had over the others', () => {
    const keys = numbers(10_000);
    const before = buildFor(interleaved, 5, keys);
    const after = buildFor(interleaved, 5, keys, { previous: before, weights: [1, 0, 1, 1, 1] });
    expect(movedFraction(before, after, keys)).toBeCloseTo(0.2, 2);
    const counts = countsOf(after, keys);
    expect(counts[1]).toBe(0);
    expect(Math.max(...counts) - Math.min(...counts.filter((count) => count > 0))).toBe(0);
  });

  it('says which shards stay empty when there are too few keys', () => {
    expect(buildFor(interleaved, 4, knownKeys('text', ['only', 'two'])).warnings).toEqual([
      'interleaved leaves shards without keys (2, 3): too few distinct keys to split',
    ]);
  });
});
