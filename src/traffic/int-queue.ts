import { assert } from '../base/assert.ts';

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
