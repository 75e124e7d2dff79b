import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram as HdrHistogram,
} from 'hdr-histogram-js';

/** Counts of values in nanoseconds, 3 significant digits, flat in memory however many are recorded. */
export interface Histogram {
  readonly count: number;
  /** Exact mean and maximum are those of the buckets: within 0.1 %. 0 when empty. */
  readonly meanNs: number;
  readonly maxNs: number;
  record(valueNs: number): void;
  /** Smallest recorded value that `percentile` (0 to 100) of all values do not exceed. */
  percentileNs(percentile: number): number;
  merge(other: Histogram): void;
  /** HdrHistogram V2, compressed, base64. */
  encode(): string;
  reset(): void;
}

/** Ten minutes: no response lives longer, and what would is recorded as this. */
const highestNs = 600e9;

class NanosecondHistogram implements Histogram {
  readonly hdr: HdrHistogram;

  constructor(hdr: HdrHistogram) {
    this.hdr = hdr;
  }

  get count(): number {
    return this.hdr.totalCount;
  }

  get meanNs(): number {
    return this.hdr.totalCount === 0 ? 0 : this.hdr.mean;
  }

  get maxNs(): number {
    return this.hdr.totalCount === 0 ? 0 : this.hdr.maxValue;
  }

  record(valueNs: number): void {
    const clamped = valueNs < 0 ? 0 : valueNs > highestNs ? highestNs : Math.round(valueNs);
    this.hdr.recordValue(clamped);
  }

  percentileNs(percentile: number): number {
    return this.hdr.totalCount === 0 ? 0 : this.hdr.getValueAtPercentile(percentile);
  }

  merge(other: Histogram): void {
    if (!(other instanceof NanosecondHistogram)) throw new TypeError('not a histogram of ours');
    this.hdr.add(other.hdr);
  }

  encode(): string {
    return encodeIntoCompressedBase64(this.hdr);
  }

  reset(): void {
    this.hdr.reset();
  }
}

export function createHistogram(): Histogram {
  return new NanosecondHistogram(
    build({
      bitBucketSize: 32,
      lowestDiscernibleValue: 1,
      highestTrackableValue: highestNs,
      numberOfSignificantValueDigits: 3,
      autoResize: false,
    }),
  );
}

/** Reads what `encode` wrote; throws on anything else. */
export function decodeHistogram(base64: string): Histogram {
  return new NanosecondHistogram(decodeFromCompressedBase64(base64, 32));
}
