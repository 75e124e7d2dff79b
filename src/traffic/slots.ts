import { assert } from '../base/assert.ts';

/** Free places in preallocated arrays: take and give back in O(1), nothing allocated. */
export class Slots {
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
    assert(this.available > 0, 'a free slot');
    this.available -= 1;
    return this.free[this.available] ?? 0;
  }

  give(slot: number): void {
    this.free[this.available] = slot;
    this.available += 1;
  }
}

/** A first-in first-out queue of integers of bounded length. */
export class IntQueue {
  readonly capacity: number;
  length = 0;
  private readonly items: Int32Array;
  private head = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.items = new Int32Array(Math.max(1, capacity));
  }

  push(item: number): void {
    assert(this.length < this.capacity, 'room in the queue');
    let tail = this.head + this.length;
    if (tail >= this.capacity) tail -= this.capacity;
    this.items[tail] = item;
    this.length += 1;
  }

  /** -1 when empty. */
  peek(): number {
    return this.length === 0 ? -1 : (this.items[this.head] ?? -1);
  }

  /** -1 when empty. */
  shift(): number {
    if (this.length === 0) return -1;
    const item = this.items[this.head] ?? -1;
    this.head = this.head + 1 === this.capacity ? 0 : this.head + 1;
    this.length -= 1;
    return item;
  }
}
