// Little 1961, "A Proof for the Queuing Formula: L = lambda W"; batch means: Conway 1963.
import { mean, sampleSd } from '../base/statistics/moments.ts';

export interface LittlesLaw {
  /** Mean number of operations intended and not finished, as sampled. */
  readonly sampled: number | null;
  /** Throughput x mean response time. */
  readonly computed: number | null;
  readonly ratio: number | null;
  /** Whether the two differ by more than the limit and by more than chance explains. */
  readonly contradicted: boolean;
}

/** Sampled concurrency may differ from the computed one by this fraction of it. */
export const littleLimit = 0.1;
/** And a difference below so many standard errors of the sampling is chance. */
const standardErrors = 3;

/**
 * Checks a run against itself. `concurrency` are means over successive parts of the window (its
 * seconds, say), whose scatter tells how far the sampled mean can be trusted.
 */
export function littlesLaw(
  concurrency: ArrayLike<number>,
  finishedPerSecond: number,
  meanResponseMs: number | null,
): LittlesLaw {
  const computed = meanResponseMs === null ? null : (finishedPerSecond * meanResponseMs) / 1000;
  if (concurrency.length === 0)
    return { sampled: null, computed, ratio: null, contradicted: false };
  const sampled = mean(concurrency);
  if (computed === null || computed === 0) {
    return { sampled, computed, ratio: null, contradicted: false };
  }
  // One part alone has no scatter: the limit decides.
  const parts = concurrency.length;
  const error = parts === 1 ? 0 : sampleSd(concurrency) / Math.sqrt(parts);
  const difference = Math.abs(sampled - computed);
  const contradicted = difference > littleLimit * computed && difference > standardErrors * error;
  return { sampled, computed, ratio: sampled / computed, contradicted };
}
