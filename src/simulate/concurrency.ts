const secondNs = 1e9;

/** Mean number of operations under way in each second of a window, exactly. */
export class Concurrency {
  private readonly busyNs: Float64Array;
  private readonly windowNs: number;

  constructor(windowNs: number) {
    this.windowNs = windowNs;
    this.busyNs = new Float64Array(Math.ceil(windowNs / secondNs));
  }

  /** So many operations were under way from one moment to another. */
  add(fromNs: number, toNs: number, operations: number): void {
    const endNs = Math.min(toNs, this.windowNs);
    for (let atNs = fromNs; atNs < endNs; ) {
      const second = Math.floor(atNs / secondNs);
      const untilNs = Math.min(endNs, (second + 1) * secondNs);
      this.busyNs[second] = (this.busyNs[second] ?? 0) + operations * (untilNs - atNs);
      atNs = untilNs;
    }
  }

  means(): number[] {
    return Array.from(this.busyNs, (busyNs, second) => {
      const lengthNs = Math.min(secondNs, this.windowNs - second * secondNs);
      return busyNs / lengthNs;
    });
  }
}
