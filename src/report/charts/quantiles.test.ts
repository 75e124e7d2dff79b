import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { createHistogram } from '../../base/histogram.ts';
import { failedCell } from '../../testing/damaged-cells.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { distributionOf } from '../../result/quantiles.ts';
import { inSteps, secondsOf, secondsPerPoint } from './seconds.ts';

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

describe('inSteps', () => {
  const [first] = secondsOf(present(sampleResult().cells[1], 'cell'));
  const hour = Array.from({ length: 3601 }, (_, second) => ({
    ...present(first, 'second'),
    second,
    writes: second % 2 === 0 ? 100 : 200,
    slowestMsP50: second === 1800 ? 50 : 1,
    checkpoints: second === 1801 ? 1 : 0,
  }));

  it('makes a long window fit and loses no slow second and no checkpoint', () => {
    const step = secondsPerPoint(hour);
    expect(step).toBe(31);
    const points = inSteps(hour, step);
    expect(points).toHaveLength(116);
    expect(points.filter(({ slowestMsP50 }) => slowestMsP50 === 50)).toHaveLength(1);
    expect(points.reduce((sum, { checkpoints }) => sum + (checkpoints ?? 0), 0)).toBe(1);
    expect(inSteps(hour, 2)[0]?.writes).toBe(150);
  });

  it('leaves a short one as it is', () => {
    const short = hour.slice(0, 120);
    expect(inSteps(short, secondsPerPoint(short))).toBe(short);
  });
});
