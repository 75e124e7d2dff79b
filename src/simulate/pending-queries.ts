import { assert } from '../base/assert.ts';

/**
 * Shard queries whose end is known and still to come, in the order of their ends: a ring of
 * structures of arrays. Ends come nearly in order, so that a new one moves past few others.
 */
export class PendingQueries {
  length = 0;
  private capacity = 8;
  private head = 0;
  private finishedNs = new Float64Array(8);
  private intendedNs = new Float64Array(8);
  private acquiredNs = new Float64Array(8);
  /** Operation x 4 + outcome. */
  private kind = new Int32Array(8);

  /** End of the first one; Infinity when there is none. */
  get firstNs(): number {
    return this.length === 0 ? Number.POSITIVE_INFINITY : (this.finishedNs[this.head] ?? 0);
  }

  add(
    finishedNs: number,
    intendedNs: number,
    acquiredNs: number,
    operation: number,
    outcome: number,
  ): void {
    if (this.length === this.capacity) this.grow();
    const wrap = this.capacity - 1;
    let at = this.length;
    this.length += 1;
    for (; at > 0; at -= 1) {
      const before = (this.head + at - 1) & wrap;
      if ((this.finishedNs[before] ?? 0) <= finishedNs) break;
      this.move(before, (before + 1) & wrap);
    }
    const place = (this.head + at) & wrap;
    this.finishedNs[place] = finishedNs;
    this.intendedNs[place] = intendedNs;
    this.acquiredNs[place] = acquiredNs;
    this.kind[place] = operation * 4 + outcome;
  }

  /** Removes the first one and hands it over. */
  shift(receiver: QueryReceiver): void {
    assert(this.length > 0, 'a pending query');
    const at = this.head;
    this.head = (at + 1) & (this.capacity - 1);
    this.length -= 1;
    const kind = this.kind[at] ?? 0;
    receiver.ended(
      kind >> 2,
      this.intendedNs[at] ?? 0,
      this.acquiredNs[at] ?? 0,
      this.finishedNs[at] ?? 0,
      kind & 3,
    );
  }

  private move(from: number, to: number): void {
    this.finishedNs[to] = this.finishedNs[from] ?? 0;
    this.intendedNs[to] = this.intendedNs[from] ?? 0;
    this.acquiredNs[to] = this.acquiredNs[from] ?? 0;
    this.kind[to] = this.kind[from] ?? 0;
  }

  private grow(): void {
    const { capacity, head } = this;
    const unrolled = <T extends Float64Array | Int32Array>(old: T, made: T): T => {
      made.set(old.subarray(head), 0);
      made.set(old.subarray(0, head), capacity - head);
      return made;
    };
    this.finishedNs = unrolled(this.finishedNs, new Float64Array(2 * capacity));
    this.intendedNs = unrolled(this.intendedNs, new Float64Array(2 * capacity));
    this.acquiredNs = unrolled(this.acquiredNs, new Float64Array(2 * capacity));
    this.kind = unrolled(this.kind, new Int32Array(2 * capacity));
    this.capacity = 2 * capacity;
    this.head = 0;
  }
}

export interface QueryReceiver {
  ended(
    operation: number,
    intendedNs: number,
    acquiredNs: number,
    finishedNs: number,
    outcome: number,
  ): void;
}
