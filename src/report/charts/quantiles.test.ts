import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { createHistogram } from '../../base/histogram.ts';
import { failedCell } from '../../testing/damaged-cells.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { distributionOf } from './quantiles.ts';
import { secondsOf } from './seconds.ts';

/** A cell whose shards answered in 1 to `count` ms, one query each ms, every shard its own part. */
function cellOf(count: number, failures = 0) {
  const cell = present(sampleResult().cells[1], 'cell');
  const shards = cell.shards.map((shard, index) => {
    const histogram = createHistogram();
    for (let ms = 1 + index; ms <= count; ms += cell.shards.length) histogram.record(ms * 1e6);
    const responseNs = histogram.encode();
    return {
      ...shard,
      errors: index === 0 ? failures : 0,
      timeouts: 0,
      histograms: { ...shard.histograms, responseNs },
    };
  });
  return { ...cell, shards };
}

describe('distributionOf', () => {
  it('merges the shards and never averages their percentiles', () => {
    const distribution = present(distributionOf(cellOf(2000)), 'distribution');
    expect(distribution.count).toBe(2000);
    // 3 significant digits: within 0.1 %.
    expect(distribution.at(0.5)).toBeCloseTo(1000, -1);
    expect(distribution.at(0.99)).toBeCloseTo(1980, -1);
    const ms = distribution.quantiles.map((one) => one.ms);
    expect(ms).toEqual(ms.toSorted((a, b) => a - b));
  });

  it('gives p99 from 1,000 samples and p99.9 from 10,000', () => {
    expect(distributionOf(cellOf(999))?.at(0.99)).toBeNull();
    expect(distributionOf(cellOf(1000))?.at(0.99)).toBeGreaterThan(980);
    expect(distributionOf(cellOf(9_990))?.at(0.999)).toBeNull();
    expect(distributionOf(cellOf(10_000))?.at(0.999)).toBeGreaterThan(9_900);
  });

  it('ranks failures as slower than every success', () => {
    const distribution = present(distributionOf(cellOf(1800, 200)), 'distribution');
    expect(distribution.count).toBe(2000);
    // The median of all 2,000 is the 1,000th success; p95 falls among the failures.
    expect(distribution.at(0.5)).toBeCloseTo(1000, -1);
    expect(distribution.at(0.95)).toBeNull();
  });

  it('is null where there is nothing to read', () => {
    const cell = present(sampleResult().cells[1], 'cell');
    expect(distributionOf(failedCell(cell, 'no disk'))).toBeNull();
    const shards = cell.shards.map((shard) => ({
      ...shard,
      histograms: { responseNs: 'no histogram', serviceNs: '' },
    }));
    expect(distributionOf({ ...cell, shards })).toBeNull();
  });
});

describe('secondsOf', () => {
  it('puts the shards of a second together and keeps the slowest', () => {
    const cell = present(sampleResult().cells[1], 'cell');
    const [first] = secondsOf(cell);
    const rows = cell.shards.flatMap(({ series }) => series.filter(({ second }) => second === 0));
    expect(first?.writes).toBe(rows.reduce((sum, { writes }) => sum + writes, 0));
    expect(first?.slowestMsP50).toBe(Math.max(...rows.map((row) => row.responseMsP50 ?? 0)));
    expect(first?.slowestMsP99).toBeNull();
    expect(secondsOf(cell)[7]?.checkpoints).toBe(1);
  });
});
