// Metwally, Agrawal, El Abbadi 2005, "Efficient Computation of Frequent and Top-k Elements in Data
// Streams": Space-Saving, with a heap in place of the list of buckets.
import { detached } from './observing/detached.ts';

export interface HeavyValue {
  readonly value: string;
  /** Never below the true count, and above it by `error` at most. */
  readonly count: number;
  readonly error: number;
  /** What was counted for certain, by part: it sums to count - error. */
  readonly parts: readonly number[];
}

/**
 * Counts of the most frequent values of a stream with a fixed number of counters. While there are
 * no more distinct values than counters all counts are exact; then each is too high by n / counters
 * at most, n being everything that was counted, and every value that is more frequent than this
 * has a counter.
 */
export class SpaceSaving {
  /** Everything that was counted. */
  counted = 0;
  private readonly places = new Map<string, number>();
  private readonly values: string[] = [];
  private readonly counts: Float64Array;
  private readonly errors: Float64Array;
  /** Counters as a heap, the smallest count first; and where in it each counter is. */
  private readonly heap: Uint32Array;
  private readonly at: Uint32Array;
  private parts: Uint32Array;
  private readonly partCount: number;
  private replaced = false;

  constructor(counters: number, partCount = 0) {
    this.counts = new Float64Array(counters);
    this.errors = new Float64Array(counters);
    this.heap = new Uint32Array(counters);
    this.at = new Uint32Array(counters);
    this.partCount = partCount;
    this.parts = new Uint32Array(Math.min(counters, 64) * partCount);
  }

  /** Whether every value that was seen has its exact count. */
  get isExact(): boolean {
    return !this.replaced;
  }

  /** Whether the value would take the counter of another one. */
  replaces(value: string): boolean {
    return this.values.length === this.counts.length && !this.places.has(value);
  }

  /** @param part in which it was seen, from 0; below 0: in none that is known */
  add(value: string, part = -1): void {
    this.counted += 1;
    let place = this.places.get(value);
    if (place === undefined) {
      const own = detached(value);
      place = this.values.length < this.counts.length ? this.grown(own) : this.taken(own);
      this.places.set(own, place);
    }
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    this.sink(this.at[place] ?? 0);
    if (part < 0) return;
    const cell = place * this.partCount + part;
    this.parts[cell] = (this.parts[cell] ?? 0) + 1;
  }

  /** The largest first, at most so many; of equal counts the certain ones, then by value. */
  top(most: number): HeavyValue[] {
    const places = [...this.values.keys()];
    const count = (place: number): number => this.counts[place] ?? 0;
    const error = (place: number): number => this.errors[place] ?? 0;
    const value = (place: number): string => this.values[place] ?? '';
    places.sort(
      (a, b) => count(b) - count(a) || error(a) - error(b) || (value(a) < value(b) ? -1 : 1),
    );
    const { partCount, parts } = this;
    return places.slice(0, most).map((place) => ({
      value: value(place),
      count: count(place),
      error: error(place),
      parts: [...parts.subarray(place * partCount, (place + 1) * partCount)],
    }));
  }

  private grown(value: string): number {
    const place = this.values.push(value) - 1;
    const { partCount } = this;
    if (this.parts.length < (place + 1) * partCount) {
      const larger = new Uint32Array(2 * place * partCount);
      larger.set(this.parts);
      this.parts = larger;
    }
    this.heap[place] = place;
    this.at[place] = place;
    // A count of 0 is below all others.
    this.rise(place);
    return place;
  }

  /** The counter of the smallest count, which is the most that its new value may have had. */
  private taken(value: string): number {
    const place = this.heap[0] ?? 0;
    this.replaced = true;
    this.places.delete(this.values[place] ?? '');
    this.values[place] = value;
    this.errors[place] = this.counts[place] ?? 0;
    this.parts.fill(0, place * this.partCount, (place + 1) * this.partCount);
    return place;
  }

  private sink(from: number): void {
    const { heap, counts } = this;
    const size = this.values.length;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) return;
      const right = child + 1;
      const isRight =
        right < size && (counts[heap[right] ?? 0] ?? 0) < (counts[heap[child] ?? 0] ?? 0);
      if (isRight) child = right;
      if ((counts[heap[child] ?? 0] ?? 0) >= (counts[heap[at] ?? 0] ?? 0)) return;
      this.swap(at, child);
      at = child;
    }
  }

  private rise(from: number): void {
    const { heap, counts } = this;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((counts[heap[above] ?? 0] ?? 0) <= (counts[heap[at] ?? 0] ?? 0)) return;
      this.swap(at, above);
      at = above;
    }
  }

  private swap(a: number, b: number): void {
    const { heap, at } = this;
    const [first, second] = [heap[a] ?? 0, heap[b] ?? 0];
    heap[a] = second;
    heap[b] = first;
    at[second] = a;
    at[first] = b;
  }
}
