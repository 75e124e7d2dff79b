import { describe, expect, it } from 'vitest';
import { directory } from './directory.ts';
import { buildFor, knownKeys, movedFraction, shardsOf } from '../fixtures.suite.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `t${index}`);

describe('directory', () => {
  it('places the heaviest first on the least loaded shard, ties in order', () => {
    const rows = [1, 5, 4, 3, 3];
    const keys = knownKeys('text', names(5), (index) => rows[index] ?? 0);
    // 5 -> 0, 4 -> 1, 3 -> 2, 3 -> 2 or 1: least loaded is 2 with 3, then 1 -> 1 with 4.
    expect(shardsOf(buildFor(directory, 3, keys), keys)).toEqual([1, 0, 1, 2, 2]);
  });

  it('sends every unknown key to the shard that was least loaded when it was built', () => {
    const rows = [9, 2, 5];
    const keys = knownKeys('text', names(3), (index) => rows[index] ?? 0);
    const router = buildFor(directory, 3, keys);
    const others = knownKeys('text', ['new', 'newer', '', 't']);
    const shard = shardsOf(router, keys)[1];
    expect(shardsOf(router, others)).toEqual([shard, shard, shard, shard]);
  });

  it('keeps placements when it grows and moves only what fills the new shard', () => {
    const keys = knownKeys('text', names(1000));
    const before = buildFor(directory, 4, keys);
    const after = buildFor(directory, 5, keys, { previous: before });
    // Within the bounds of 10 % the new shard needs 180 of the 200 keys of an even share.
    expect(movedFraction(before, after, keys)).toBe(0.18);
  });

  it('has the largest tenant alone when it outweighs a share', () => {
    const keys = knownKeys('text', names(101), (index) => (index === 50 ? 100 : 1));
    const shards = shardsOf(buildFor(directory, 4, keys), keys);
    expect(shards.filter((shard) => shard === shards[50])).toHaveLength(1);
  });

  it('refuses to know a key twice', () => {
    const keys = knownKeys('text', ['a', 'a']);
    expect(() => buildFor(directory, 2, keys)).toThrow('known keys are distinct');
  });
});
