// Linux' CFS bandwidth control: Turner, Rao, Rao 2010, "CPU bandwidth control for CFS".

/** As the docker fleet sets it. */
export const quotaPeriodNs = 10e6;

/**
 * A shard that may compute `cpu` x 10 ms in each period of 10 ms and then stands still until the
 * next one begins. Work takes what earlier work has left of each period, in the order in which it
 * is started: exact for one server; for several the order within a period is a simplification, the
 * work done in it is not. All of a service time counts as work.
 */
export class CpuQuota {
  /** Periods before `countedNs` in which work had to wait for the next one. */
  throttledPeriods = 0;
  private readonly budgetNs: number;
  private readonly countedNs: number;
  /** Work given to the periods from `first` to `last`, each at its number modulo the length. */
  private used = new Float64Array(64);
  private throttled = new Uint8Array(64);
  private first = 0;
  private last = -1;

  constructor(cpu: number, countedNs: number) {
    this.budgetNs = Math.max(1, Math.round(cpu * quotaPeriodNs));
    this.countedNs = countedNs;
  }

  /**
   * When work that is started at `startNs` is done; starts must not fall from call to call. What is
   * not done by `untilNs` is given up then, and the answer is some later time.
   */
  finish(startNs: number, workNs: number, untilNs = Number.POSITIVE_INFINITY): number {
    let period = Math.floor(startNs / quotaPeriodNs);
    this.first = period;
    let atNs = startNs;
    let left = workNs;
    for (;;) {
      this.reach(period);
      const place = period % this.used.length;
      const endNs = (period + 1) * quotaPeriodNs;
      const used = this.used[place] ?? 0;
      const slice = Math.min(left, endNs - atNs, Math.max(0, this.budgetNs - used));
      this.used[place] = used + slice;
      left -= slice;
      if (left <= 0) return atNs + slice;
      if (slice < endNs - atNs) this.throttle(period, place);
      if (endNs > untilNs) return endNs + left;
      atNs = endNs;
      period += 1;
    }
  }

  private throttle(period: number, place: number): void {
    if (this.throttled[place] === 1) return;
    this.throttled[place] = 1;
    if (period * quotaPeriodNs < this.countedNs) this.throttledPeriods += 1;
  }

  /** Makes the period one of those that are kept. */
  private reach(period: number): void {
    if (period <= this.last) return;
    if (period - this.first >= this.used.length) this.grow();
    // What lies before `first` is over, so its places may be taken.
    for (let next = Math.max(this.last + 1, this.first); next <= period; next += 1) {
      this.used[next % this.used.length] = 0;
      this.throttled[next % this.used.length] = 0;
    }
    this.last = period;
  }

  private grow(): void {
    const { used, throttled } = this;
    this.used = new Float64Array(2 * used.length);
    this.throttled = new Uint8Array(2 * used.length);
    for (let period = this.first; period <= this.last; period += 1) {
      this.used[period % this.used.length] = used[period % used.length] ?? 0;
      this.throttled[period % this.used.length] = throttled[period % used.length] ?? 0;
    }
  }
}
