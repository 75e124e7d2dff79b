import { quantileSorted } from '../../base/statistics/quantile.ts';
import type { KeyLoad } from '../evidence.ts';
import { type HeavyValue, SpaceSaving } from '../space-saving.ts';
import { SquareSketch } from './square-sketch.ts';
import { hashValue, type ValueHash } from './value-hash.ts';
import { ValueSample } from './value-sample.ts';

/** Parts of the time of a log. */
export const timeParts = 60;

const topMost = 1000;
/** Values of the sample: the number of distinct ones is within 1.6 % (standard error). */
const sampledMost = 4096;

/** What stands for counts that are not exact any more. */
interface Sketches {
  readonly squares: SquareSketch;
  readonly sample: ValueSample;
}

/**
 * Operations by value of one key. Exact up to `counters` distinct values; beyond these the most
 * frequent ones are (`SpaceSaving`), the sum of squares is within 1.1 % of itself
 * (`SquareSketch`), and all that is said over the values is of a sample (`ValueSample`).
 */
export class KeyTally {
  /** Transactions with several values of the key, of those with any. */
  readonly transactions = { several: 0, all: 0 };
  private readonly heavy: SpaceSaving;
  private readonly counters: number;
  private sketches: Sketches | null = null;
  private readonly hash: ValueHash = { high: 0, low: 0 };

  constructor(counters: number) {
    this.counters = counters;
    this.heavy = new SpaceSaving(counters, timeParts);
  }

  /** @param part of the time; below 0: not known */
  add(value: string, part: number): void {
    if (this.sketches === null && this.heavy.replaces(value)) this.sketches = this.sketched();
    this.heavy.add(value, part);
    if (this.sketches === null) return;
    hashValue(value, this.hash);
    this.sketches.squares.add(this.hash, 1);
    this.sketches.sample.add(value, this.hash, 1, part);
  }

  /** Sketches of what was counted so far, which is still exact. */
  private sketched(): Sketches {
    const sketches = { squares: new SquareSketch(), sample: new ValueSample(sampledMost) };
    for (const { value, count, parts } of this.heavy.top(this.counters)) {
      hashValue(value, this.hash);
      sketches.squares.add(this.hash, count);
      sketches.sample.add(value, this.hash, count, firstPart(parts));
    }
    return sketches;
  }

  get counted(): number {
    return this.heavy.counted;
  }

  load(key: string, options: { readonly times: boolean; readonly sessions: boolean }): KeyLoad {
    const { heavy, sketches } = this;
    const all = heavy.top(sketches === null ? this.counters : topMost);
    const about =
      sketches === null ? exactly(all) : sampled(sketches, heavy.counted, all[0]?.count ?? 0);
    return {
      key,
      basis: 'observed',
      counted: heavy.counted,
      top: all.slice(0, topMost).map(({ value, count, error, parts }) => ({
        value,
        count,
        error,
        overTime: options.times ? parts : [],
      })),
      transactions: options.sessions ? { ...this.transactions } : null,
      ...about,
      distinctOverTime: options.times ? about.distinctOverTime : [],
    };
  }
}

type OverValues = Pick<KeyLoad, 'distinct' | 'pairs' | 'countsPerValue' | 'distinctOverTime'>;

function exactly(all: readonly HeavyValue[]): OverValues {
  const counts = all.map(({ count }) => count).toReversed();
  const firsts = new Float64Array(timeParts);
  for (const { parts } of all) {
    const first = firstPart(parts);
    if (first >= 0) firsts[first] = (firsts[first] ?? 0) + 1;
  }
  let seen = 0;
  return {
    distinct: all.length,
    pairs: counts.reduce((sum, count) => sum + count * (count - 1), 0),
    countsPerValue: quantiles(counts),
    distinctOverTime: [...firsts].map((count) => {
      seen += count;
      return seen;
    }),
  };
}

function sampled({ squares, sample }: Sketches, counted: number, largest: number): OverValues {
  const distinct = sample.distinct();
  const countsPerValue = quantiles(sample.counts());
  // The largest is known, and hardly ever in a sample of the values.
  countsPerValue[100] = Math.max(largest, countsPerValue[100] ?? 0);
  return {
    distinct,
    pairs: Math.max(0, Math.round(squares.squares() - counted)),
    countsPerValue,
    distinctOverTime: sample.seenBy(timeParts).map((share) => Math.round(share * distinct)),
  };
}

function quantiles(sorted: readonly number[]): number[] {
  if (sorted.length === 0) return [];
  return Array.from({ length: 101 }, (_, percent) => quantileSorted(sorted, percent / 100));
}

const firstPart = (parts: readonly number[]): number => parts.findIndex((count) => count > 0);
