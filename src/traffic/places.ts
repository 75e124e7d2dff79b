import { assert } from '../base/assert.ts';

/** Free places in preallocated arrays: take and give back in O(1), nothing allocated. */
export class Places {
  readonly capacity: number;
  private readonly free: Int32Array;
  private available: number;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.available = capacity;
    // Taken from the end: low numbers first, which keeps the arrays' used part small.
    this.free = Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
  }

  get used(): number {
    return this.capacity - this.available;
  }

  take(): number {
    assert(this.available > 0, 'a free place');
    this.available -= 1;
    return this.free[this.available] ?? 0;
  }

  give(place: number): void {
    this.free[this.available] = place;
    this.available += 1;
  }
}
