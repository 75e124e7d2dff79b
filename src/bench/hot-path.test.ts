import { describe, expect, it } from 'vitest';
import { allocatedBytes } from './allocation.ts';
import { batchSize, measureBatches } from './batches.ts';
import { hotPathKeys } from './hot-path-keys.ts';
import { shardDigest } from './shard-digest.ts';

describe('keys of the hot path', () => {
  it('are different texts of 15 characters and safe integers; fewer are the first of more', () => {
    const many = hotPathKeys(7, 2048);
    expect(new Set(many.texts).size).toBe(2048);
    for (const text of many.texts) expect(text).toMatch(/^tenant-\d{8}$/);
    expect(new Set(many.integers).size).toBe(2048);
    expect(many.integers.every(Number.isSafeInteger)).toBe(true);
    const few = hotPathKeys(7, 16);
    expect(few.texts).toEqual(many.texts.slice(0, 16));
    expect(few.integers).toEqual(many.integers.slice(0, 16));
    expect(hotPathKeys(8, 16).texts).not.toEqual(few.texts);
  });
});

describe('a digest of shards', () => {
  it('is FNV-1a of their bytes', () => {
    // RFC 9923: the empty input is the offset basis; four zero bytes by the rule, worked out by
    // hand.
    expect(shardDigest([])).toBe('811c9dc5');
    expect(shardDigest([0])).toBe('4b95f515');
  });

  it('differs for other shards and for another order', () => {
    const digests = [
      [1, 2],
      [2, 1],
      [1, 3],
      [1, 2, 0],
      [256, 2],
    ].map(shardDigest);
    expect(new Set(digests).size).toBe(5);
  });
});

describe('batches', () => {
  it('are longer for work that takes less, and say the time of one route', () => {
    let calls = 0;
    const busy = (from: number, count: number): number => {
      calls += count;
      const end = performance.now() + count * 0.002;
      while (performance.now() < end) from += 1;
      return from;
    };
    const size = batchSize(busy, 16, 1);
    // 0.1 ms is 50 of them, so 64; fewer where something else took the processor meanwhile.
    expect([16, 32, 64]).toContain(size);
    const times = measureBatches({ busy: { loop: busy, size } }, 30).get('busy');
    // 2 us each, whatever else the machine does.
    expect(times?.p25).toBeGreaterThanOrEqual(2000);
    expect(times?.lookups).toBe(size);
    expect(calls).toBeGreaterThan(size * (times?.batches ?? 0));
  });
});

describe('allocated bytes', () => {
  it('are those of an array of one number, and none where nothing is made', () => {
    let kept: unknown = null;
    const making = (_: number, count: number): number => {
      for (let i = 0; i < count; i += 1) kept = [i];
      return kept === null ? 0 : 1;
    };
    let sum = 0;
    const counting = (from: number, count: number): number => {
      for (let i = from; i < count; i += 1) sum = (sum + i) | 0;
      return sum;
    };
    // An array is 32 bytes and its elements 24 on 64 bits; other engines may need less.
    expect(allocatedBytes(making, 20_000)).toBeGreaterThan(20);
    expect(allocatedBytes(making, 20_000)).toBeLessThan(80);
    expect(allocatedBytes(counting, 20_000)).toBeLessThan(0.1);
  });
});
