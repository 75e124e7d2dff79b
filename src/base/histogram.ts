// HdrHistogram: Tene 2012, http://hdrhistogram.org (public domain); 3 significant digits, from
// 1 ns.
import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram as HdrHistogram,
} from 'hdr-histogram-js';
import { assert } from './assert.ts';
import type { HistogramCounts } from './histogram-counts.ts';

/**
 * Counts of values in nanoseconds, 3 significant digits, flat in memory however many are recorded.
 */
export interface Histogram {
  readonly count: number;
  /** Exact mean and maximum are those of the buckets: within 0.1 %. 0 when empty. */
  readonly meanNs: number;
  readonly maxNs: number;
  record(valueNs: number): void;
  /** The same value so many times. */
  recordMany(valueNs: number, times: number): void;
  /** Smallest recorded value that `percentile` (0 to 100) of all values do not exceed. */
  percentileNs(percentile: number): number;
  /** Calls `visit` with the bounds (both inclusive) of each bucket that is not empty, ascending. */
  eachBucket(visit: (lowNs: number, highNs: number, count: number) => void): void;
  merge(other: Histogram): void;
  /** What was counted so far, as plain values. */
  counts(): HistogramCounts;
  /** Records what another histogram has counted. */
  add(counted: HistogramCounts): void;
  /** HdrHistogram V2, compressed, base64. */
  encode(): string;
  reset(): void;
}

/** Ten minutes: no response lives longer, and what would is recorded as this. */
const highestNs = 600e9;

/** Values below have a bucket each; above, every power of two has half as many. */
const exact = 2048;
const half = exact / 2;
/** Buckets are allocated so many at a time, when the first value falls among them. */
const chunkBits = 9;
const chunkSize = 1 << chunkBits;
const chunkCount = (indexOf(highestNs) >>> chunkBits) + 1;

/** `value` is whole, from 0 to 2^41. */
function indexOf(value: number): number {
  if (value < exact) return value;
  if (value < 2 ** 31) {
    const shift = 21 - Math.clz32(value);
    return (shift << 10) + (value >>> shift);
  }
  const upper = Math.floor(value / half);
  const shift = 21 - Math.clz32(upper);
  return ((shift + 10) << 10) + (upper >>> shift);
}

const widthOf = (index: number): number => (index < exact ? 1 : 2 ** ((index >>> 10) - 1));

const lowOf = (index: number): number =>
  index < exact ? index : ((index & (half - 1)) + half) * widthOf(index);

const unused = new Uint32Array(0);

/** Gathers counts before they are copied, so that only what is given away is allocated. */
const found = {
  buckets: new Uint16Array(chunkCount * chunkSize),
  counts: new Uint32Array(chunkCount * chunkSize),
};

class NanosecondHistogram implements Histogram {
  count = 0;
  maxNs = 0;
  private readonly chunks: Uint32Array[] = [];

  constructor() {
    for (let i = 0; i < chunkCount; i += 1) this.chunks.push(unused);
  }

  get meanNs(): number {
    if (this.count === 0) return 0;
    let total = 0;
    this.eachBucket((low, high, count) => {
      total += (low + Math.floor((high - low + 1) / 2)) * count;
    });
    return total / this.count;
  }

  record(valueNs: number): void {
    this.recordMany(valueNs, 1);
  }

  recordMany(valueNs: number, times: number): void {
    if (times === 0) return;
    const value = valueNs < 0 ? 0 : valueNs > highestNs ? highestNs : Math.round(valueNs);
    if (value > this.maxNs) this.maxNs = value;
    this.count += times;
    this.increase(indexOf(value), times);
  }

  percentileNs(percentile: number): number {
    if (this.count === 0) return 0;
    const asked = (Math.min(percentile, 100) / 100) * this.count;
    // The product may lie one rounding above the whole number that it stands for.
    const rank = Math.max(1, Math.ceil(asked - asked * Number.EPSILON));
    let seen = 0;
    for (let place = 0; place < chunkCount; place += 1) {
      const chunk = this.chunks[place] ?? unused;
      for (let i = 0; i < chunk.length; i += 1) {
        seen += chunk[i] ?? 0;
        if (seen < rank) continue;
        const index = (place << chunkBits) + i;
        return percentile === 0 ? lowOf(index) : lowOf(index) + widthOf(index) - 1;
      }
    }
    throw new Error('assertion failed: counts do not add up');
  }

  eachBucket(visit: (lowNs: number, highNs: number, count: number) => void): void {
    for (let place = 0; place < chunkCount; place += 1) {
      const chunk = this.chunks[place] ?? unused;
      for (let i = 0; i < chunk.length; i += 1) {
        const count = chunk[i] ?? 0;
        if (count === 0) continue;
        const index = (place << chunkBits) + i;
        const low = lowOf(index);
        visit(low, low + widthOf(index) - 1, count);
      }
    }
  }

  merge(other: Histogram): void {
    if (!(other instanceof NanosecondHistogram)) throw new TypeError('not a histogram of ours');
    for (const [place, theirs] of other.chunks.entries()) {
      if (theirs === unused) continue;
      const own = this.chunk(place);
      for (let i = 0; i < chunkSize; i += 1) own[i] = (own[i] ?? 0) + (theirs[i] ?? 0);
    }
    this.count += other.count;
    if (other.maxNs > this.maxNs) this.maxNs = other.maxNs;
  }

  counts(): HistogramCounts {
    let length = 0;
    for (let place = 0; place < chunkCount; place += 1) {
      const chunk = this.chunks[place] ?? unused;
      for (let i = 0; i < chunk.length; i += 1) {
        const count = chunk[i] ?? 0;
        if (count === 0) continue;
        found.buckets[length] = (place << chunkBits) + i;
        found.counts[length] = count;
        length += 1;
      }
    }
    const { buckets, counts } = found;
    return {
      buckets: buckets.slice(0, length),
      counts: counts.slice(0, length),
      maxNs: this.maxNs,
    };
  }

  add({ buckets, counts, maxNs }: HistogramCounts): void {
    for (let i = 0; i < buckets.length; i += 1) {
      const count = counts[i] ?? 0;
      this.increase(buckets[i] ?? 0, count);
      this.count += count;
    }
    if (maxNs > this.maxNs) this.maxNs = maxNs;
  }

  encode(): string {
    // One of theirs is made for all: it is 127 kB, and there may be thousands of ours.
    encoder ??= emptyHdr();
    encoder.reset();
    const hdr = encoder;
    this.eachBucket((low, _, count) => hdr.recordValueWithCount(low, count));
    return encodeIntoCompressedBase64(hdr);
  }

  reset(): void {
    for (const chunk of this.chunks) chunk.fill(0);
    this.count = 0;
    this.maxNs = 0;
  }

  /** What a histogram of the library counted; its buckets need not be ours. */
  take(hdr: HdrHistogram & CountsArray): void {
    for (let i = 0; i < hdr.countsArrayLength; i += 1) {
      const count = hdr.getCountAtIndex(i);
      if (count > 0) this.recordMany(hdr.valueFromIndex(i), count);
    }
    this.maxNs = this.count === 0 ? 0 : Math.min(hdr.maxValue, highestNs);
  }

  private increase(index: number, times: number): void {
    const chunk = this.chunk(index >>> chunkBits);
    const place = index & (chunkSize - 1);
    chunk[place] = (chunk[place] ?? 0) + times;
  }

  private chunk(place: number): Uint32Array {
    const chunk = this.chunks[place];
    assert(chunk !== undefined, 'a value within the range');
    if (chunk !== unused) return chunk;
    const made = new Uint32Array(chunkSize);
    this.chunks[place] = made;
    return made;
  }
}

let encoder: HdrHistogram | null = null;

const emptyHdr = (): HdrHistogram =>
  build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestNs,
    numberOfSignificantValueDigits: 3,
    autoResize: false,
  });

/** What the library's histograms have besides their declared type. */
interface CountsArray {
  readonly countsArrayLength: number;
  getCountAtIndex(index: number): number;
  valueFromIndex(index: number): number;
}

/**
 * Memory for counts is taken when the first value of a range is recorded: an empty one has none.
 */
export function createHistogram(): Histogram {
  return new NanosecondHistogram();
}

/** A histogram of what another one has counted. */
export function histogramOf(counted: HistogramCounts): Histogram {
  const histogram = new NanosecondHistogram();
  histogram.add(counted);
  return histogram;
}

/** Reads what `encode` wrote; throws on anything else. */
export function decodeHistogram(base64: string): Histogram {
  const histogram = new NanosecondHistogram();
  histogram.take(decodeFromCompressedBase64(base64, 32) as HdrHistogram & CountsArray);
  return histogram;
}
