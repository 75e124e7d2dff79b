import { describe, expect, test } from 'vitest';
import { distributionMs, type Recorded, responseDistributionMs } from './percentiles.ts';

/** Values of 1 ms to `count` ms, one each, with exact percentiles. */
function upTo(count: number): Recorded {
  return {
    count,
    meanNs: ((count + 1) / 2) * 1e6,
    maxNs: count * 1e6,
    percentileNs: (percentile) => Math.max(1, Math.round((percentile / 100) * count)) * 1e6,
  };
}

describe('percentiles', () => {
  test.each([
    // n (1 - p) >= 10: the first count that has each, and one less.
    ['p50', 20],
    ['p95', 200],
    ['p99', 1000],
    ['p999', 10_000],
  ] as const)('%s needs %i samples', (name, needed) => {
    expect(distributionMs(upTo(needed - 1))[name]).toBeNull();
    expect(distributionMs(upTo(needed))[name]).not.toBeNull();
  });

  test('are the smallest values that their share does not exceed, in milliseconds', () => {
    expect(distributionMs(upTo(10_000))).toEqual({
      p50: 5000,
      p95: 9500,
      p99: 9900,
      p999: 9990,
      mean: 5000.5,
      max: 10_000,
      count: 10_000,
    });
  });

  test('of nothing are null', () => {
    const none = distributionMs(upTo(0));
    expect(none).toEqual({
      p50: null,
      p95: null,
      p99: null,
      p999: null,
      mean: null,
      max: null,
      count: 0,
    });
  });
});

describe('response times with failures', () => {
  test('without failures both distributions agree', () => {
    const result = responseDistributionMs(upTo(2000), 0);
    const { censored, ok, ...all } = result;
    expect(censored).toBe(false);
    expect(all).toEqual(ok);
  });

  test('failures are slower than every success: percentiles rise', () => {
    // 9,000 successes of 1 to 9,000 ms and 1,000 failures: rank 5,000 of 10,000 is 5,000 ms.
    const result = responseDistributionMs(upTo(9000), 1000);
    expect(result.count).toBe(10_000);
    expect(result.p50).toBe(5000);
    expect(result.ok.p50).toBe(4500);
  });

  test('a percentile among the failures is null and censored', () => {
    const result = responseDistributionMs(upTo(9000), 1000);
    expect(result).toMatchObject({ p95: null, p99: null, p999: null, max: null, mean: null });
    expect(result.censored).toBe(true);
    expect(result.ok.p99).toBe(8910);
  });

  test('exactly at the edge: rank 990 of 1,000 is the last success', () => {
    const edge = responseDistributionMs(upTo(990), 10);
    expect(edge).toMatchObject({ p99: 990, censored: false });
    expect(responseDistributionMs(upTo(989), 11)).toMatchObject({ p99: null, censored: true });
  });

  test('a percentile that is missing for the sample alone is not censored', () => {
    expect(responseDistributionMs(upTo(98), 1)).toMatchObject({ p99: null, censored: false });
    expect(responseDistributionMs(upTo(0), 0).censored).toBe(false);
  });

  test('nothing but failures is all null', () => {
    const result = responseDistributionMs(upTo(0), 5000);
    expect(result).toMatchObject({ p50: null, p99: null, count: 5000, censored: true });
    expect(result.ok.count).toBe(0);
  });
});
