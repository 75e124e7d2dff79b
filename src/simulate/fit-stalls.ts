import { mean } from '../base/statistics/moments.ts';
import type { Cell, ShardResult } from '../result/types.ts';

/** Fewer seconds say little about what they have in common. */
const secondsMin = 10;

/**
 * By how much the seconds of a cell differ on all shards at once: the standard deviation of what
 * the logarithms of the shards' p50 of each second have in common, which is the root of the mean
 * covariance of two shards. What is one shard's own, chance among it, does not show in it. null
 * with one shard, or with too few seconds that every shard has a p50 of.
 */
export function sharedSigma(shards: Cell['shards']): number | null {
  if (shards.length < 2) return null;
  const times = shards.map(p50BySecond);
  const seconds = times.reduce((least, own) => Math.min(least, own.length), Infinity);
  const known = Array.from({ length: seconds }, (_, second) => second).filter((second) =>
    times.every((own) => (own[second] ?? 0) > 0),
  );
  if (known.length < secondsMin) return null;
  const deviations = times.map((own) => {
    const logs = known.map((second) => Math.log(own[second] ?? 1));
    const middle = mean(logs);
    return logs.map((log) => log - middle);
  });
  const covariances = deviations.flatMap((a, i) =>
    deviations.slice(0, i).map((b) => dot(a, b) / (known.length - 1)),
  );
  return Math.sqrt(Math.max(0, mean(covariances)));
}

const p50BySecond = ({ series }: ShardResult): number[] =>
  series.map(({ responseMsP50 }) => responseMsP50 ?? 0);

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, own, i) => sum + own * (b[i] ?? 0), 0);

const clearlyMore = 1.25;

/** What is left for stalls where the model without them explains a part of it: by their squares. */
export function unexplainedSigma(measured: number | null, simulated: number | null): number | null {
  if (measured === null) return null;
  // Of two that are nearly alike the difference is chance.
  if (measured < clearlyMore * (simulated ?? 0)) return 0;
  return Math.sqrt(Math.max(0, measured ** 2 - (simulated ?? 0) ** 2));
}
