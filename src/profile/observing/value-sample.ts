// Bar-Yossef et al. 2002, "Counting distinct elements in a data stream", and Beyer et al. 2007, "On
// synopses for distinct-value estimation under multiset operations": the k smallest hashes.
import { detached } from './detached.ts';
import type { ValueHash } from './value-hash.ts';

interface Sampled {
  readonly hash: number;
  count: number;
  /** Part of the time in which it was first seen; below 0: not known. */
  first: number;
}

const hashes = 2 ** 53;

/**
 * A uniform sample of the distinct values of a stream, whatever their counts: those with the k
 * smallest hashes. What is in it at the end was in it from its first appearance, for the bound only
 * falls; so its counts are exact.
 */
export class ValueSample {
  private readonly sampled = new Map<string, Sampled>();
  private readonly most: number;
  /** Values whose hash is not below it are in no sample any more. */
  private bound = hashes;

  /** It keeps up to twice as many for a while. */
  constructor(most: number) {
    this.most = most;
  }

  /** @param part of the time, from 0; below 0: not known */
  add(value: string, { high, low }: ValueHash, times: number, part: number): void {
    const hash = (high >>> 0) * 2 ** 21 + (low >>> 11);
    if (hash >= this.bound) return;
    const known = this.sampled.get(value);
    if (known === undefined) {
      this.sampled.set(detached(value), { hash, count: times, first: part });
      if (this.sampled.size >= 2 * this.most) this.shrink();
      return;
    }
    known.count += times;
    if (part >= 0 && (known.first < 0 || part < known.first)) known.first = part;
  }

  /** Exact while it has all of them; else within 1 / sqrt(k - 2), its standard error. */
  distinct(): number {
    const { bound, sampled } = this;
    if (bound === hashes) return sampled.size;
    // Hashes below the bound are as many of all as the bound is of the range.
    return Math.round((sampled.size * hashes) / bound);
  }

  /** Counts of the values in it, the smallest first. */
  counts(): number[] {
    return [...this.sampled.values()].map(({ count }) => count).toSorted((a, b) => a - b);
  }

  /** By part, the share of its values that were seen until then. */
  seenBy(parts: number): number[] {
    const firsts = Array.from({ length: parts }, () => 0);
    for (const { first } of this.sampled.values()) {
      if (first >= 0) firsts[first] = (firsts[first] ?? 0) + 1;
    }
    let seen = 0;
    return firsts.map((count) => {
      seen += count;
      return seen / this.sampled.size;
    });
  }

  private shrink(): void {
    const sorted = [...this.sampled.values()].map(({ hash }) => hash).toSorted((a, b) => a - b);
    this.bound = sorted[this.most] ?? this.bound;
    for (const [value, { hash }] of this.sampled) {
      if (hash >= this.bound) this.sampled.delete(value);
    }
  }
}
