/** Below these an index of dispersion says nothing. */
const callsLeast = 100;
const secondsLeast = 30;

/** Index of dispersion of counts by second (variance / mean), without keeping the counts. */
export class Dispersion {
  private second = -Infinity;
  private inSecond = 0;
  private calls = 0;
  private squares = 0;

  /** A time before the latest second counts in that one: logs are nearly in order. */
  add(atMs: number): void {
    const second = Math.floor(atMs / 1000);
    if (second > this.second) {
      this.end();
      this.second = second;
    }
    this.inSecond += 1;
    this.calls += 1;
  }

  /** @param seconds of the whole log; null: too few calls or seconds */
  index(seconds: number): number | null {
    if (this.calls < callsLeast || seconds < secondsLeast) return null;
    const squares = this.squares + this.inSecond ** 2;
    const mean = this.calls / seconds;
    const variance = (squares - seconds * mean ** 2) / (seconds - 1);
    // Of a log that ends within a second the last one counts as less than it is.
    return Math.max(0, variance / mean);
  }

  private end(): void {
    this.squares += this.inSecond ** 2;
    this.inSecond = 0;
  }
}
