/** Values up to here are kept as they are, by the few calls that most templates have. */
const exactMost = 64;
const bits = 5;
const half = 1 << bits;
/** 35 minutes; what takes longer counts as this, but for the maximum. */
const highestUs = 2 ** 31 - 1;
const buckets = (31 - bits + 1) * half;

/**
 * Times of calls in 3.5 kB however many there are: quantiles are within 1.6 % (exact for up to 64
 * calls), the maximum and the sum are exact.
 */
export class LatencyCounts {
  count = 0;
  totalMs = 0;
  maxMs = 0;
  private exact: number[] | null = [];
  private counts: Uint32Array | null = null;

  add(ms: number): void {
    this.count += 1;
    this.totalMs += ms;
    if (ms > this.maxMs) this.maxMs = ms;
    if (this.exact === null) this.tally(ms);
    else if (this.exact.push(ms) > exactMost) {
      const kept = this.exact;
      this.exact = null;
      for (const each of kept) this.tally(each);
    }
  }

  /** Smallest time that this share of all calls do not exceed; null without any. */
  quantileMs(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    if (this.exact !== null) {
      return this.exact.toSorted((a, b) => a - b)[rank - 1] ?? null;
    }
    let seen = 0;
    const at = (this.counts ?? []).findIndex((count) => {
      seen += count;
      return seen >= rank;
    });
    return Math.min(middleOf(at) / 1000, this.maxMs);
  }

  private tally(ms: number): void {
    this.counts ??= new Uint32Array(buckets);
    const us = Math.min(highestUs, Math.max(0, Math.round(ms * 1000)));
    const at = bucketOf(us);
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }
}

/** One for each value below 32; above, 32 for every power of two. */
function bucketOf(us: number): number {
  if (us < half) return us;
  const shift = 31 - bits - Math.clz32(us);
  return (shift << bits) + (us >>> shift);
}

function middleOf(bucket: number): number {
  if (bucket < 2 * half) return bucket;
  const shift = (bucket >>> bits) - 1;
  const low = (bucket - (shift << bits)) * 2 ** shift;
  return low + (2 ** shift - 1) / 2;
}
