/** Parts that are counted apart; a longer time has wider ones. */
export const partsMost = 4096;

/** Statements by second; beyond 4,096 s by two, four, eight seconds and so on. */
export class SecondCounts {
  /** Of all times; null before the first. */
  fromMs: number | null = null;
  toMs = 0;
  private readonly counts = new Float64Array(partsMost);
  private originMs = 0;
  private widthMs = 1000;

  add(atMs: number): void {
    if (this.fromMs === null) {
      this.fromMs = atMs;
      this.toMs = atMs;
      this.originMs = atMs;
    }
    if (atMs > this.toMs) this.toMs = atMs;
    if (atMs < this.fromMs) this.fromMs = atMs;
    let part = this.partOf(atMs);
    while (part >= partsMost) {
      this.widen();
      part = this.partOf(atMs);
    }
    this.counts[part] = (this.counts[part] ?? 0) + 1;
  }

  /** Statements a second in equal parts of the time from the first to the last; empty: no times. */
  perSecond(): number[] {
    if (this.fromMs === null) return [];
    const parts = this.partOf(this.toMs) + 1;
    return [...this.counts.subarray(0, parts)].map((count) => (count * 1000) / this.widthMs);
  }

  /** Times before the first one, by sessions that were written late, count with it. */
  private partOf(atMs: number): number {
    return Math.max(0, Math.floor((atMs - this.originMs) / this.widthMs));
  }

  private widen(): void {
    const { counts } = this;
    for (let part = 0; part < partsMost; part += 1) {
      const first = counts[2 * part] ?? 0;
      counts[part] = first + (counts[2 * part + 1] ?? 0);
    }
    this.widthMs *= 2;
  }
}
