import { createHistogram, type Histogram } from '../base/histogram.ts';
import { mergeCounts } from '../base/histogram-counts.ts';
import type { TimedSamples } from './cell-samples.ts';

/** Successes by time, failures by number: a failure has no time, it ranks behind every success. */
export interface Timed {
  readonly ok: Histogram;
  failures: number;
}

export const timed = (): Timed => ({ ok: createHistogram(), failures: 0 });

export const timedSamples = ({ ok, failures }: Timed): TimedSamples => ({
  ok: ok.counts(),
  failures,
});

export function mergeTimed(a: TimedSamples, b: TimedSamples): TimedSamples {
  return { ok: mergeCounts(a.ok, b.ok), failures: a.failures + b.failures };
}
