import { decodeHistogram, type Histogram } from '../base/histogram.ts';
import type { Cell, ShardResult } from './types.ts';

/** Response time of a cell's shard queries at one percentile. */
export interface Quantile {
  /** 0 to 1. */
  readonly fraction: number;
  readonly ms: number;
}

const fractions = [
  0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99,
  0.993, 0.995, 0.997, 0.998, 0.999, 0.9993, 0.9995, 0.9997, 0.9998, 0.9999,
];

/** Samples that must lie above a percentile: p99 needs 1,000 samples, p99.9 needs 10,000. */
const samplesAbove = 10;

/** The shard queries of a cell as one distribution. */
export interface CellDistribution {
  /** Successes and failures. */
  readonly count: number;
  readonly quantiles: readonly Quantile[];
  /** ms at a fraction of 0 to 1; null where too few samples lie above or failures begin. */
  readonly at: (fraction: number) => number | null;
}

/**
 * Merges the response histograms of the shards: percentiles are never averaged. Failures rank as
 * slower than every success. null for a cell without queries, and for histograms that nothing can
 * read.
 */
export const distributionOf = ({ shards }: Cell): CellDistribution | null =>
  distributionOfShards(shards);

function distributionOfShards(shards: readonly ShardResult[]): CellDistribution | null {
  const merged = mergedResponse(shards);
  return merged === null ? null : distributionOfMerged(merged, failuresOf(shards));
}

/** Shard queries that have no place in the histograms. */
export const failuresOf = (shards: readonly ShardResult[]): number =>
  shards.reduce((sum, { errors, timeouts }) => sum + errors + timeouts, 0);

/** The same of a histogram of response times; null where nothing is in it. */
export function distributionOfMerged(merged: Histogram, failures: number): CellDistribution | null {
  if (merged.count === 0) return null;
  const count = merged.count + failures;
  const at = (fraction: number): number | null => {
    // 1 - 0.999 is a little more than 0.001.
    const above = count * (1 - fraction) * (1 + 1e-9);
    const rank = fraction * count;
    if (rank > merged.count || above < samplesAbove) return null;
    return merged.percentileNs((rank / merged.count) * 100) / 1e6;
  };
  const quantiles = fractions.flatMap((fraction) => {
    const ms = at(fraction);
    return ms === null || ms <= 0 ? [] : [{ fraction, ms }];
  });
  return { count, quantiles, at };
}

/** Response times of shards as one histogram; null for none, and for what nothing can read. */
export function mergedResponse(shards: readonly ShardResult[]): Histogram | null {
  const [first, ...others] = shards.map(({ histograms }) => histograms.responseNs);
  if (first === undefined) return null;
  try {
    const merged = decodeHistogram(first);
    for (const other of others) merged.merge(decodeHistogram(other));
    return merged;
  } catch {
    // The text of a stored result: whatever it holds, the rest of the report stands without it.
    return null;
  }
}
