/**
 * Lets work have a share of one core: it is done when what was done before is paid for. What is not
 * used is saved, up to a limit, so that the first work after a pause need not wait.
 */
export class Allowance {
  private readonly share: number;
  private readonly mostMs: number;
  private balanceMs: number;
  private seenMs: number;

  /**
   * @param share of one core, such as 0.005
   * @param mostMs CPU time that is saved at most, and there to begin with
   * @param nowMs of a clock that goes on
   */
  constructor(share: number, mostMs: number, nowMs: number) {
    this.share = share;
    this.mostMs = mostMs;
    this.balanceMs = mostMs;
    this.seenMs = nowMs;
  }

  /** Whether there is something to spend. */
  affords(nowMs: number): boolean {
    const saved = this.balanceMs + (nowMs - this.seenMs) * this.share;
    this.balanceMs = Math.min(saved, this.mostMs);
    this.seenMs = nowMs;
    return this.balanceMs > 0;
  }

  /** What was done has taken so much CPU time. */
  spend(cpuMs: number): void {
    this.balanceMs -= cpuMs;
  }
}
