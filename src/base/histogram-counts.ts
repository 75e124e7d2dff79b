/**
 * What a histogram has counted, as plain values that may cross the border of a thread or process.
 */
export interface HistogramCounts {
  /** Numbers of the buckets that are not empty, ascending. */
  readonly buckets: Uint16Array;
  /** Values in each of these buckets. */
  readonly counts: Uint32Array;
  /** The largest value, exactly; 0 when there is none. */
  readonly maxNs: number;
}

/** The same as if all values had been recorded into one histogram. */
export function mergeCounts(a: HistogramCounts, b: HistogramCounts): HistogramCounts {
  const buckets = new Uint16Array(a.buckets.length + b.buckets.length);
  const counts = new Uint32Array(buckets.length);
  let ofA = 0;
  let ofB = 0;
  let length = 0;
  while (ofA < a.buckets.length || ofB < b.buckets.length) {
    const bucketA = a.buckets[ofA] ?? Infinity;
    const bucketB = b.buckets[ofB] ?? Infinity;
    buckets[length] = Math.min(bucketA, bucketB);
    const countA = bucketA <= bucketB ? (a.counts[ofA] ?? 0) : 0;
    const countB = bucketB <= bucketA ? (b.counts[ofB] ?? 0) : 0;
    counts[length] = countA + countB;
    if (bucketA <= bucketB) ofA += 1;
    if (bucketB <= bucketA) ofB += 1;
    length += 1;
  }
  return {
    buckets: buckets.slice(0, length),
    counts: counts.slice(0, length),
    maxNs: Math.max(a.maxNs, b.maxNs),
  };
}
