import { type Histogram, histogramOf } from '../base/histogram.ts';
import type { Distribution, ResponseDistribution } from '../result/types.ts';
import type { TimedSamples } from './cell-samples.ts';

/** What a histogram must tell. */
export type Recorded = Pick<Histogram, 'count' | 'meanNs' | 'maxNs' | 'percentileNs'>;

/**
 * Samples from which each percentile is given: so many that at least 10 lie above it,
 * n (1 - p) >= 10. Written out, because 10 / (1 - 0.99) is not 1,000 in floating point.
 */
export const samplesFor = { p50: 20, p95: 200, p99: 1000, p999: 10_000 } as const;

type Name = keyof typeof samplesFor;

const thousandths: Readonly<Record<Name, number>> = { p50: 500, p95: 950, p99: 990, p999: 999 };
const nsPerMs = 1e6;

/** In milliseconds; null for what the sample is too small for. */
export function distributionMs(recorded: Recorded): Distribution {
  const { count } = recorded;
  const at = (name: Name): number | null => percentileMs(recorded, 0, name);
  return {
    p50: at('p50'),
    p95: at('p95'),
    p99: at('p99'),
    p999: at('p999'),
    mean: count === 0 ? null : recorded.meanNs / nsPerMs,
    max: count === 0 ? null : recorded.maxNs / nsPerMs,
    count,
  };
}

/**
 * Response times of successes and `failures` (failed, timed out, dropped) together, in
 * milliseconds. Failures rank slower than every success, so a percentile that falls among them is
 * null and `censored` says so; with any failure the mean and the maximum are unknown as well.
 * `ok` is the distribution of the successes alone.
 */
export function responseDistributionMs(
  successes: Recorded,
  failures: number,
): ResponseDistribution {
  const ok = distributionMs(successes);
  if (failures === 0) return { ...ok, censored: false, ok };
  const count = successes.count + failures;
  const at = (name: Name): number | null => percentileMs(successes, failures, name);
  const named = { p50: at('p50'), p95: at('p95'), p99: at('p99'), p999: at('p999') };
  const names: readonly Name[] = ['p50', 'p95', 'p99', 'p999'];
  const censored = names.some((name) => count >= samplesFor[name] && named[name] === null);
  return { ...named, mean: null, max: null, count, censored, ok };
}

/** Of what a recorder has kept. */
export const timedMs = ({ ok, failures }: TimedSamples): ResponseDistribution =>
  responseDistributionMs(histogramOf(ok), failures);

/** Queries from which one in a hundred is more than the slowest alone. */
export const samplesForTail = 100;

/**
 * What one in a hundred of these queries exceeded: of them alone, no estimate of a p99, and so from
 * fewer on. Infinity when it falls among the failures, null when there are too few.
 */
export function tailMs(successes: Recorded, failures: number): number | null {
  const count = successes.count + failures;
  if (count < samplesForTail) return null;
  const rank = Math.ceil((count * thousandths.p99) / 1000);
  if (rank > successes.count) return Infinity;
  return successes.percentileNs((rank / successes.count) * 100) / nsPerMs;
}

/** null when the sample is too small or the percentile falls among the failures. */
function percentileMs(successes: Recorded, failures: number, name: Name): number | null {
  const count = successes.count + failures;
  if (count < samplesFor[name]) return null;
  // The smallest rank that at least this share does not exceed; whole numbers keep it exact.
  const rank = Math.ceil((count * thousandths[name]) / 1000);
  if (rank > successes.count) return null;
  return successes.percentileNs((rank / successes.count) * 100) / nsPerMs;
}
