import { createHistogram, type Histogram } from '../base/histogram.ts';
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
