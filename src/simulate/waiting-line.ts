/**
 * When each of the waiting queries leaves the queue of its shard: a ring of times that never fall.
 */
export class WaitingLine {
  length = 0;
  private times = new Float64Array(8);
  private head = 0;

  add(leavesNs: number): void {
    const { times, head, length } = this;
    if (length === times.length) {
      this.times = new Float64Array(2 * length);
      this.times.set(times.subarray(head), 0);
      this.times.set(times.subarray(0, head), length - head);
      this.head = 0;
    }
    this.times[(this.head + length) & (this.times.length - 1)] = leavesNs;
    this.length = length + 1;
  }

  /** Those that have left by now are gone. */
  leaveUntil(nowNs: number): void {
    while (this.length > 0 && (this.times[this.head] ?? 0) <= nowNs) {
      this.head = (this.head + 1) & (this.times.length - 1);
      this.length -= 1;
    }
  }
}
