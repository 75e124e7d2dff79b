// Binary heap: Williams 1964, "Algorithm 232: Heapsort".

/** So many times, all 0 at first, of which only the earliest is ever asked for and replaced. */
export class EarliestTimes {
  earliest = 0;
  private readonly heap: Float64Array;

  constructor(count: number) {
    this.heap = new Float64Array(count);
  }

  /** The earliest becomes `time`, which must not be before it. */
  replaceEarliest(time: number): void {
    const { heap } = this;
    const { length } = heap;
    let at = 0;
    for (let child = 1; child < length; child = 2 * at + 1) {
      if (child + 1 < length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child += 1;
      const below = heap[child] ?? 0;
      if (below >= time) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = time;
    this.earliest = heap[0] ?? 0;
  }
}
