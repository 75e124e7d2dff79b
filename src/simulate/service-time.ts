// Inversion: Devroye 1986, "Non-Uniform Random Variate Generation", chapter 2.
import { decodeHistogram } from '../base/histogram.ts';
import { normalQuantile } from '../base/statistics/normal.ts';
import type { ServiceTime } from '../scenario/simulation-types.ts';
import { buildAlias, drawAlias } from '../workload/alias.ts';

/** A service time in nanoseconds from a uniform number in [0, 1). */
export type DrawService = (uniform: number) => number;

const nsPerMs = 1e6;

export function serviceDraw(time: ServiceTime): DrawService {
  switch (time.kind) {
    case 'constant': {
      const ns = time.ms * nsPerMs;
      return () => ns;
    }
    case 'exponential': {
      const mean = time.meanMs * nsPerMs;
      return (uniform) => -mean * Math.log(1 - uniform);
    }
    case 'lognormal': {
      const { sigma } = time;
      const median = time.meanMs * nsPerMs * Math.exp(-(sigma * sigma) / 2);
      // At 0 the quantile is minus infinity and the time 0.
      return tabulated((uniform) => median * Math.exp(sigma * normalQuantile(uniform)));
    }
    case 'histogram':
      return histogramDraw(time.base64, time.factor);
  }
}

/** Mean of a service time, in nanoseconds. */
export function serviceMeanNs(time: ServiceTime): number {
  switch (time.kind) {
    case 'constant':
      return time.ms * nsPerMs;
    case 'exponential':
    case 'lognormal':
      return time.meanMs * nsPerMs;
    case 'histogram':
      return decodeHistogram(time.base64).meanNs * time.factor;
  }
}

const cells = 2048;
/** Cells at either end within which a quantile function bends too much for a straight line. */
const bentCells = 64;

/** A quantile function by straight lines between the points of a table; exact in either tail. */
function tabulated(quantile: DrawService): DrawService {
  const points = new Float64Array(cells + 1);
  for (let i = bentCells; i <= cells - bentCells; i += 1) points[i] = quantile(i / cells);
  return (uniform) => {
    const place = uniform * cells;
    const cell = Math.floor(place);
    if (cell < bentCells || cell >= cells - bentCells) return quantile(uniform);
    const low = points[cell] ?? 0;
    return low + (place - cell) * ((points[cell + 1] ?? 0) - low);
  };
}

/** The middle of a bucket, which is narrower than 0.1 % of it, as often as values fell into it. */
function histogramDraw(base64: string, factor: number): DrawService {
  const counts: number[] = [];
  const values: number[] = [];
  decodeHistogram(base64).eachBucket((low, high, count) => {
    counts.push(count);
    values.push(((low + high) / 2) * factor);
  });
  const table = buildAlias(counts);
  return (uniform) => values[drawAlias(table, uniform)] ?? 0;
}
